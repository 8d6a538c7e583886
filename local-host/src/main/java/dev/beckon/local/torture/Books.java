package dev.beckon.local.torture;

import dev.beckon.filedrop.Import;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.local.servers.FaultyVendor.Receipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what the vendors took with what the store says, invitation by invitation. One use, after
 * all workers ended.
 */
final class Books {
  private static final int SLAB = 5_000;

  private final Arena arena;
  private final Map<Line, Long> lines = new TreeMap<>();
  private final List<Violation> violations = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final Map<String, String> asked = new HashMap<>();
  private long refused;

  Books(Arena arena) {
    this.arena = arena;
  }

  /** So many times messages of invitations in that state were taken. */
  record Line(String dispatch, InvitationState state, int taken) implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      int byDispatch = dispatch.compareTo(other.dispatch);
      int byState = byDispatch != 0 ? byDispatch : state.compareTo(other.state);
      return byState != 0 ? byState : Integer.compare(taken, other.taken);
    }
  }

  /** Something that must not be, and all that is known of it. */
  record Violation(String subject, String problem, List<String> evidence) {
    Violation {
      evidence = List.copyOf(evidence);
    }
  }

  /** What the comparison came to. */
  record Result(Map<Line, Long> lines, long refused, List<Violation> violations) {}

  Result compare(Map<String, TortureFile> files) {
    List<Import> imports = arena.stores().imports().newest(1_000);
    for (Import dropped : imports) {
      TortureFile file = files.get(dropped.key());
      if (file == null || dropped.state() != Import.State.ACCEPTED) {
        violation(dropped.key(), "the import is " + dropped.state() + " " + dropped.problem());
      } else {
        compare(dropped, file);
      }
    }
    if (imports.size() != files.size()) {
      violation("files", files.size() + " were dropped, there are " + imports.size() + " imports");
    }
    Set<String> strangers = new HashSet<>(arena.vendor().references());
    arena.cloud().smtp().ledger().references().forEach(id -> strangers.add(reference(id)));
    strangers.removeAll(known);
    strangers.forEach(id -> violation(id, "went out and is not in the store"));
    if (arena.untrusted().trusting() > 0) {
      violation("untrusted", "something was sent to a server nobody vouches for");
    }
    return new Result(lines, refused, violations);
  }

  private void compare(Import dropped, TortureFile file) {
    long stored = 0;
    // row 1 is the header
    for (int from = 2; from <= file.rows() + 1; from += SLAB) {
      List<String> ids = new ArrayList<>();
      for (int row = from; row < Math.min(from + SLAB, file.rows() + 2); row++) {
        ids.add(Invitation.id(dropped.id(), row));
      }
      List<Invitation> found = arena.stores().invitations().load(ids);
      found.forEach(this::judge);
      stored += found.size();
    }
    long said = dropped.totals().refused().values().stream().mapToLong(Integer::longValue).sum();
    refused += said;
    if (said != file.bad()) {
      violation(file.key(), file.bad() + " rows are bad, " + said + " were refused");
    }
    if (stored + file.bad() != file.rows()) {
      violation(
          file.key(), (file.rows() - file.bad()) + " rows are good, " + stored + " are stored");
    }
  }

  private void judge(Invitation row) {
    known.add(row.id());
    int taken = taken(row);
    lines.merge(new Line(row.dispatch(), row.state(), taken), 1L, Long::sum);
    String problem = problem(row, taken);
    if (!problem.isEmpty()) {
      violation(row, problem);
    }
    if (taken == 0) {
      return;
    }
    String before = asked.put(row.dispatch() + row.hash(), row.id());
    if (before != null) {
      violation(row, "its recipient was asked by " + before + " too");
    }
  }

  /** What is wrong with a row of which so many messages were taken; empty when nothing is. */
  private static String problem(Invitation row, int taken) {
    boolean resend = row.dispatch().equals(TortureAccount.RESEND);
    int doubts = doubts(row);
    int most =
        switch (row.state()) {
          case SENT -> resend ? 1 + doubts : 1;
          case IN_DOUBT -> resend ? doubts : 1;
          case FAILED, DEAD, DUPLICATE, TOO_SOON -> 0;
          case EXPIRED -> row.dispatch().equals(TortureAccount.UNTRUSTED) ? 0 : -1;
          default -> -1;
        };
    if (most < 0) {
      return "it ended as " + row.state();
    }
    if (row.state() == InvitationState.SENT && taken == 0) {
      return "it is SENT and the vendor never took it";
    }
    if (taken > most) {
      return "the vendor took it " + taken + " times, its journal explains " + most;
    }
    return row.state() == InvitationState.DEAD && row.journal().getLast().note().contains("survive")
        ? "it is DEAD without a fault of its own"
        : "";
  }

  /** Tries that ended without anybody knowing whether the vendor took the message. */
  private static int doubts(Invitation row) {
    int doubts = 0;
    for (JournalEntry entry : row.journal()) {
      String note = entry.note();
      boolean ended =
          entry.state() == InvitationState.IN_DOUBT || entry.state() == InvitationState.RETRY;
      if (ended
          && (note.startsWith("no-reply")
              || note.startsWith("unclear-reply")
              || note.startsWith("its worker is gone"))) {
        doubts++;
      }
    }
    return doubts;
  }

  private int taken(Invitation row) {
    if (row.dispatch().equals(TortureAccount.MAIL)) {
      return arena.cloud().smtp().ledger().times(row.id() + "@beckon.example");
    }
    int taken = 0;
    for (Receipt receipt : arena.vendor().receipts(row.id())) {
      taken += receipt.fault().takes() ? 1 : 0;
    }
    return taken;
  }

  private static String reference(String messageId) {
    int at = messageId.indexOf('@');
    return at < 0 ? messageId : messageId.substring(0, at);
  }

  private void violation(String subject, String problem) {
    violations.add(new Violation(subject, problem, List.of()));
  }

  private void violation(Invitation row, String problem) {
    List<String> evidence = new ArrayList<>();
    for (JournalEntry entry : row.journal()) {
      evidence.add("journal " + entry.at() + " " + entry.state() + " " + entry.note());
    }
    for (Receipt receipt : arena.vendor().receipts(row.id())) {
      evidence.add("vendor  " + receipt.at() + " " + receipt.fault());
    }
    violations.add(new Violation(row.id(), row.dispatch() + ": " + problem, evidence));
  }
}
