package dev.beckon.local.demo;

import dev.beckon.filedrop.Import;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Figure;
import dev.beckon.local.servers.Ledger;
import java.util.ArrayList;
import java.util.List;

/** Holds what the store says against what the servers received. */
final class LedgerCheck {
  private final Progress progress;
  private final List<String> wrong = new ArrayList<>();

  LedgerCheck(Progress progress) {
    this.progress = progress;
  }

  /**
   * Every sum that does not agree, in words; empty when all do.
   *
   * @param mailRefused mails the SMTP server refused for good
   */
  List<String> problems(Ledger mails, long mailRefused, Ledger texts) {
    for (Import dropped : progress.imports()) {
      rows(dropped);
    }
    vendor("mail", "the SMTP server", mails);
    vendor("text", "the simulator", texts);
    long failed = rows("mail", InvitationState.FAILED);
    if (failed != mailRefused) {
      wrong.add("mail: " + failed + " rows FAILED, the SMTP server refused " + mailRefused);
    }
    return wrong;
  }

  /** Every row read is refused or stored, and every stored one is in exactly one state. */
  private void rows(Import dropped) {
    if (dropped.state() != Import.State.ACCEPTED) {
      return;
    }
    long refused = dropped.totals().refused().values().stream().mapToLong(Integer::longValue).sum();
    long stored = dropped.totals().stored().values().stream().mapToLong(Integer::longValue).sum();
    long inStore =
        progress.figures().getOrDefault(dropped.id(), List.of()).stream()
            .mapToLong(Figure::rows)
            .sum();
    if (refused + stored != dropped.rows()) {
      wrong.add(
          dropped.fileName()
              + ": "
              + dropped.rows()
              + " rows read, "
              + refused
              + " refused and "
              + stored
              + " stored");
    }
    if (stored != inStore) {
      wrong.add(
          dropped.fileName()
              + ": the receipts say "
              + stored
              + " stored, the store holds "
              + inStore);
    }
  }

  private void vendor(String vendor, String server, Ledger ledger) {
    long sent = rows(vendor, InvitationState.SENT);
    long inDoubt = rows(vendor, InvitationState.IN_DOUBT);
    if (!ledger.repeated().isEmpty()) {
      wrong.add(
          vendor
              + ": "
              + server
              + " received "
              + ledger.repeated().size()
              + " messages more than once");
    }
    if (ledger.distinct() < sent || ledger.distinct() > sent + inDoubt) {
      wrong.add(
          vendor
              + ": "
              + sent
              + " rows SENT and "
              + inDoubt
              + " IN_DOUBT, "
              + server
              + " received "
              + ledger.distinct()
              + " different messages");
    }
  }

  private long rows(String vendor, InvitationState state) {
    return progress.figures().values().stream()
        .flatMap(List::stream)
        .filter(figure -> figure.vendor().equals(vendor) && figure.state() == state)
        .mapToLong(Figure::rows)
        .sum();
  }
}
