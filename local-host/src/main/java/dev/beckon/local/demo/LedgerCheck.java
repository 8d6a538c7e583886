package dev.beckon.local.demo;

import dev.beckon.filedrop.Import;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Figure;
import dev.beckon.local.cloud.FarEnd;
import java.util.ArrayList;
import java.util.List;

/** Holds what the store says against what the servers received. */
final class LedgerCheck {
  private final Progress progress;
  private final VendorNames vendors;
  private final List<String> wrong = new ArrayList<>();

  LedgerCheck(Progress progress, VendorNames vendors) {
    this.progress = progress;
    this.vendors = vendors;
  }

  /** Every sum that does not agree, in words; empty when all do. */
  List<String> problems(List<FarEnd> servers) {
    for (Import dropped : progress.imports()) {
      rows(dropped);
    }
    servers.forEach(this::vendor);
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
          "%s: %d rows read, %d refused and %d stored"
              .formatted(dropped.fileName(), dropped.rows(), refused, stored));
    }
    if (stored != inStore) {
      wrong.add(
          "%s: the receipts say %d stored, the store holds %d"
              .formatted(dropped.fileName(), stored, inStore));
    }
  }

  /** All vendor accounts at a server together: it knows nothing of accounts. */
  private void vendor(FarEnd end) {
    long sent = rows(end, InvitationState.SENT);
    long inDoubt = rows(end, InvitationState.IN_DOUBT);
    long failed = rows(end, InvitationState.FAILED);
    long received = end.ledger().distinct();
    if (!end.ledger().repeated().isEmpty()) {
      wrong.add(
          "%s: %s received %d messages more than once"
              .formatted(end.vendor(), end.server(), end.ledger().repeated().size()));
    }
    if (received < sent || received > sent + inDoubt) {
      wrong.add(
          "%s: %d rows SENT and %d IN_DOUBT, %s received %d different messages"
              .formatted(end.vendor(), sent, inDoubt, end.server(), received));
    }
    long refused = end.refused().getAsLong();
    if (refused >= 0 && failed != refused) {
      wrong.add(
          "%s: %d rows FAILED, %s refused %d"
              .formatted(end.vendor(), failed, end.server(), refused));
    }
  }

  private long rows(FarEnd end, InvitationState state) {
    return progress.figures().values().stream()
        .flatMap(List::stream)
        .filter(
            figure -> figure.state() == state && vendors.of(figure.vendor()).equals(end.vendor()))
        .mapToLong(Figure::rows)
        .sum();
  }
}
