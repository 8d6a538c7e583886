package dev.beckon.filedrop;

import dev.beckon.account.Account;
import dev.beckon.account.Dispatch;
import dev.beckon.account.Feed;
import dev.beckon.filedrop.CheckReport.Sample;
import dev.beckon.intake.Intake;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Refusal;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Lane;
import dev.beckon.privacy.Scrubber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at every row of a file as an import would, and writes a report instead of storing anything.
 * Thread-safe; running it again writes the same report again.
 */
final class FileCheck {
  private static final int SAMPLES = 3;
  private static final int REFUSALS = 20;

  /** Recipients remembered to find duplicates: bounds the memory, at some 50 MB. */
  private static final int REMEMBERED = 1_000_000;

  private final Intake intake;
  private final ObjectStore objects;
  private final ImportStore imports;
  private final MessagePreview previews;

  FileCheck(FileDropParts parts) {
    this.intake = parts.intake();
    this.objects = parts.objects();
    this.imports = parts.imports();
    this.previews = parts.previews();
  }

  /** What was counted so far. */
  private static final class Tally {
    long rows;
    final Map<String, Integer> refused = new HashMap<>();
    final Map<String, Integer> stored = new HashMap<>();
    final List<Refusal> refusals = new ArrayList<>();
    final List<Sample> samples = new ArrayList<>();
    final Set<Long> seen = new HashSet<>();
    final List<String> remarks = new ArrayList<>();

    void refuse(Refusal refusal) {
      refused.merge(refusal.code(), 1, Integer::sum);
      if (refusals.size() < REFUSALS) {
        refusals.add(refusal);
      }
    }
  }

  /** Reads all rows; the header has been found to fit. */
  void check(
      Import checked,
      Account account,
      Feed feed,
      Dispatch dispatch,
      RowReader reader,
      Deadline deadline)
      throws FileProblem, IOException {
    Columns columns = new Columns(reader.header(), feed, dispatch);
    Tally tally = new Tally();
    List<RawRow> rows = new ArrayList<>(Chunk.MOST_ROWS);
    while (true) {
      RawRow row = reader.next();
      if (row != null) {
        rows.add(row);
      }
      if (rows.size() == Chunk.MOST_ROWS || row == null) {
        take(checked, account, dispatch, columns, rows, tally);
        rows.clear();
        if (row == null) {
          break;
        }
        if (deadline.passed()) {
          tally.remarks.add(
              "the file is longer than one check has time for; these are its first "
                  + tally.rows
                  + " rows");
          break;
        }
      }
    }
    if (tally.rows == 0) {
      throw new FileProblem("the file has a header and no rows");
    }
    CheckReport report =
        new CheckReport(
            checked,
            dispatch.id(),
            columns.uses(reader.header()),
            tally.rows,
            tally.refused,
            tally.refusals,
            tally.stored,
            tally.samples,
            tally.remarks);
    write(checked.reportKey(), CheckPage.of(report));
    write(checked.reportTextKey(), report.text());
    imports.check(
        checked.id(), reader.header(), tally.rows, new Import.Totals(tally.refused, tally.stored));
  }

  private void write(String key, String text) {
    objects.write(key, text.getBytes(StandardCharsets.UTF_8));
  }

  private void take(
      Import checked,
      Account account,
      Dispatch dispatch,
      Columns columns,
      List<RawRow> raw,
      Tally tally) {
    tally.rows += raw.size();
    List<Refusal> refusals = new ArrayList<>();
    List<Row> rows = columns.sound(raw, refusals);
    Intake.Checked found =
        intake.check(
            new IntakeRequest(
                account, dispatch, checked.id(), "check", Lane.BULK, checked.createdAt(), rows));
    refusals.addAll(found.refused());
    refusals.stream().sorted(Refusal.BY_ROW).forEach(tally::refuse);
    for (Invitation invitation : found.drafts()) {
      InvitationState state = invitation.state();
      if (state == InvitationState.ACCEPTED && known(invitation, tally)) {
        state = InvitationState.DUPLICATE;
      }
      tally.stored.merge(state.name(), 1, Integer::sum);
      if (state == InvitationState.ACCEPTED && tally.samples.size() < SAMPLES) {
        tally.samples.add(sample(account, invitation));
      }
    }
  }

  private static boolean known(Invitation invitation, Tally tally) {
    if (tally.seen.size() == REMEMBERED) {
      String remark = "duplicates were looked for among the first " + REMEMBERED + " recipients";
      if (!tally.remarks.contains(remark)) {
        tally.remarks.add(remark);
      }
      return false;
    }
    // 64 bits of a keyed hash: two of a million recipients alike are less likely than 1 in 10^7.
    String hash = invitation.hash();
    long mark = 0;
    for (int i = 0; i < hash.length(); i++) {
      mark = 1_000_003 * mark + hash.charAt(i);
    }
    return !tally.seen.add(mark);
  }

  private Sample sample(Account account, Invitation invitation) {
    MessagePreview.Rendered rendered;
    try {
      rendered = previews.render(account, invitation);
    } catch (RuntimeException e) {
      rendered =
          new MessagePreview.Rendered(
              "", "cannot be rendered: " + Scrubber.scrub(String.valueOf(e.getMessage())));
    }
    return new Sample(
        invitation.row(),
        invitation.channel().label(),
        invitation.language(),
        rendered.subject(),
        rendered.text());
  }
}
