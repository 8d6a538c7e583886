package dev.beckon.operations;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.intake.Suppressions;
import dev.beckon.invitation.Recipient;
import dev.beckon.privacy.RecipientHasher;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Who must not be asked, as an operator keeps it. Thread-safe. */
public final class SuppressionList {
  private final Suppressions suppressions;
  private final ErasureOrders orders;
  private final RecipientHasher hasher;
  private final EventLog events;
  private final Clock clock;

  public SuppressionList(
      Suppressions suppressions,
      ErasureOrders orders,
      RecipientHasher hasher,
      EventLog events,
      Clock clock) {
    this.suppressions = suppressions;
    this.orders = orders;
    this.hasher = hasher;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Keeps a recipient from being asked; a repeat changes nothing.
   *
   * @param why a kebab-case word
   * @param who ordered it, for the event
   */
  public void suppress(String account, Collection<Recipient> recipients, String why, String who) {
    Instant now = clock.instant();
    for (String hash : hashes(recipients)) {
      suppressions.add(account, hash, why, now);
    }
    tell("recipient-suppressed", account, "a recipient was suppressed by " + who + ": " + why);
  }

  /**
   * Lets a recipient be asked again; one that is not on the list is left as it is.
   *
   * @param who ordered it, for the event
   * @return false when the recipient is being erased, and nothing was changed
   */
  public boolean lift(String account, Collection<Recipient> recipients, String who) {
    List<String> orderIds =
        recipients.stream().map(one -> Erasure.orderId(account, hasher.all(one))).toList();
    if (orderIds.stream().anyMatch(id -> orders.find(id).isPresent())) {
      return false; // Sweep would suppress them anew
    }
    suppressions.remove(account, hashes(recipients));
    tell("suppression-lifted", account, "the suppression of a recipient was lifted by " + who);
    return true;
  }

  private List<String> hashes(Collection<Recipient> recipients) {
    return recipients.stream().flatMap(one -> hasher.all(one).stream()).toList();
  }

  private void tell(String code, String account, String message) {
    // every order is told of, and no key of an event leads to a recipient
    String key = code + "/" + account + "/" + UUID.randomUUID();
    events.write(new Event(clock.instant(), Event.Level.INFORMATION, code, key, account, message));
  }
}
