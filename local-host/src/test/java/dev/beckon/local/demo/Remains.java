package dev.beckon.local.demo;

import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run left behind, without what chance and the clock chose: moments, tokens, hashes, and the
 * ids that are made of an object's version.
 *
 * @param files by feed and name
 * @param rows by feed, name and number of the row
 * @param received by far end: feed, name and row of every message, with how often it came
 */
record Remains(
    Map<String, File> files, Map<String, Row> rows, Map<String, Map<String, Integer>> received) {
  private static final int PAGE = 1_000;
  private static final int MOST_IMPORTS = 100;

  /** A file's run: its receipt, and what lies in the bucket because of it. */
  record File(
      Import.Kind kind,
      Import.State state,
      List<String> header,
      int chunks,
      long rows,
      Import.Totals receipt,
      String problem,
      Optional<String> refusedRows,
      Optional<String> report,
      Optional<String> processed,
      boolean isStillIncoming) {}

  /** A row's state and how it came to it. */
  record Row(
      String dispatch,
      Channel channel,
      String language,
      InvitationState state,
      int attempts,
      List<Entry> journal) {}

  /** A line of the journal. */
  record Entry(InvitationState state, String vendor, String note) {}

  static Remains of(LocalCloud<?> cloud) {
    Map<String, File> files = new TreeMap<>();
    Map<String, Row> rows = new TreeMap<>();
    Map<String, Map<String, Integer>> received = new TreeMap<>();
    for (Import dropped : cloud.application().stores().imports().newest(MOST_IMPORTS)) {
      String name = dropped.feed() + "/" + dropped.fileName();
      if (files.put(name, file(dropped, cloud.bucket())) != null) {
        throw new IllegalArgumentException("two imports of " + name + " cannot be told apart");
      }
      for (Invitation invitation : invitations(cloud, dropped.id())) {
        String row = "%s row %06d".formatted(name, invitation.row());
        rows.put(row, row(invitation));
        for (FarEnd end : cloud.farEnds()) {
          int times = times(end, invitation.id());
          if (times > 0) {
            received.computeIfAbsent(end.vendor(), any -> new TreeMap<>()).put(row, times);
          }
        }
      }
    }
    return new Remains(files, rows, received);
  }

  /** Mails bear the invitation's id before an at sign, other messages by itself. */
  private static int times(FarEnd end, String id) {
    return end.ledger().times(id) + end.ledger().times(id + "@beckon.example");
  }

  private static Iterable<Invitation> invitations(LocalCloud<?> cloud, String batch) {
    Map<String, Invitation> all = new TreeMap<>();
    List<Invitation> page;
    String after = "";
    do {
      page =
          cloud
              .application()
              .stores()
              .invitations()
              .page(batch, EnumSet.allOf(InvitationState.class), after, PAGE);
      page.forEach(invitation -> all.put(invitation.id(), invitation));
      after = page.isEmpty() ? "" : page.getLast().id();
    } while (page.size() == PAGE);
    return all.values();
  }

  private static Row row(Invitation invitation) {
    return new Row(
        invitation.dispatch(),
        invitation.channel(),
        invitation.language(),
        invitation.state(),
        invitation.attempts(),
        invitation.journal().stream()
            .map(entry -> new Entry(entry.state(), entry.vendor(), entry.note()))
            .toList());
  }

  private static File file(Import dropped, ObjectStore bucket) {
    return new File(
        dropped.kind(),
        dropped.state(),
        dropped.header(),
        dropped.chunks(),
        dropped.rows(),
        dropped.totals(),
        withoutIds(dropped.problem(), dropped),
        text(bucket, dropped.refusedRowsKey()),
        text(bucket, dropped.reportKey()).map(report -> withoutIds(report, dropped)),
        text(bucket, dropped.processedKey()),
        bucket.info(dropped.key()).isPresent());
  }

  private static String withoutIds(String text, Import dropped) {
    return text.replace(dropped.id(), "(its id)");
  }

  private static Optional<String> text(ObjectStore bucket, String key) {
    try (InputStream in = bucket.read(key).orElse(null)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The final states that rows reached. */
  Set<InvitationState> states() {
    Set<InvitationState> states = new TreeSet<>();
    rows.values().forEach(row -> states.add(row.state()));
    return states;
  }
}
