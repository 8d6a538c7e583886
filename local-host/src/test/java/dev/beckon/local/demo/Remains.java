package dev.beckon.local.demo;

import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.local.cloud.FarEnd;
import dev.beckon.local.cloud.LocalCloud;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

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
  private static final String NO_MOMENT = "not-started: the vendor account's rate";

  private static final Pattern MAIL_DOMAIN = Pattern.compile("@.*$");

  /** What a vendor calls a message. */
  private static final Pattern VENDORS_ID = Pattern.compile(" \\[[^\\]]+]$");

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
    Map<String, Map<String, Integer>> messages = new HashMap<>();
    cloud.farEnds().forEach(end -> messages.put(end.vendor(), messages(end)));
    for (Import dropped : cloud.application().stores().imports().newest(MOST_IMPORTS)) {
      String name = dropped.feed() + "/" + dropped.fileName();
      if (files.put(name, file(dropped, cloud)) != null) {
        throw new IllegalArgumentException("two imports of " + name + " cannot be told apart");
      }
      for (Invitation invitation : invitations(cloud, dropped.id())) {
        String row = "%s row %06d".formatted(name, invitation.row());
        rows.put(row, row(invitation));
        for (FarEnd end : cloud.farEnds()) {
          Integer times = messages.get(end.vendor()).get(invitation.id());
          if (times != null) {
            received.computeIfAbsent(end.vendor(), any -> new TreeMap<>()).put(row, times);
          }
        }
      }
    }
    return new Remains(files, rows, received);
  }

  /** By invitation; a mail bears its id before the at sign of its own. */
  private static Map<String, Integer> messages(FarEnd end) {
    Map<String, Integer> times = new HashMap<>();
    for (String reference : end.ledger().references()) {
      times.merge(
          MAIL_DOMAIN.matcher(reference).replaceAll(""),
          end.ledger().times(reference),
          Integer::sum);
    }
    return times;
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
        story(invitation.journal()));
  }

  /** Without the turns at which a rate left no moment for the row: those are the clock's. */
  private static List<Entry> story(List<JournalEntry> journal) {
    List<Entry> story = new ArrayList<>();
    for (JournalEntry entry : journal) {
      if (entry.note().startsWith(NO_MOMENT)) {
        story.removeLast();
      } else {
        story.add(
            new Entry(
                entry.state(), entry.vendor(), VENDORS_ID.matcher(entry.note()).replaceAll("")));
      }
    }
    return story;
  }

  private static File file(Import dropped, LocalCloud<?> cloud) {
    ObjectStore bucket = cloud.bucket();
    return new File(
        dropped.kind(),
        dropped.state(),
        dropped.header(),
        dropped.chunks(),
        dropped.rows(),
        dropped.totals(),
        withoutIds(dropped.problem(), dropped),
        text(bucket, dropped.refusedRowsKey()),
        text(bucket, dropped.reportKey())
            .map(report -> withoutIds(report, dropped).replace(cloud.publicUrl(), "(its door)")),
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

  /** Where the same key has another value, or one of the two knows it not: a few words on each. */
  static <V> List<String> differences(Map<String, V> one, Map<String, V> other) {
    Set<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(one.get(key), other.get(key)))
        .map(key -> key + ": " + one.get(key) + " and " + other.get(key))
        .toList();
  }
}
