package dev.beckon.operations;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.feedback.AnswerStore;
import dev.beckon.filedrop.ImportFiles;
import dev.beckon.intake.Contacts;
import dev.beckon.intake.FatigueWindows;
import dev.beckon.intake.Suppressions;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.Recipient;
import dev.beckon.operations.ErasureOrders.Order;
import dev.beckon.privacy.Failures;
import dev.beckon.privacy.RecipientHasher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases a recipient: afterwards nothing stored leads to the person but the hash in the suppression
 * list, which keeps them from being asked again. Thread-safe.
 *
 * <p>The order comes first, the suppression second, so that Sweep finishes what a crash cut off and
 * no row stored meanwhile goes out. What is being sent settles as usual; Sweep erases it in a later
 * pass, as it does with rows of an intake that ran at the same moment.
 */
public final class Erasure {
  private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

  private static final int PAGE = 200;
  private static final int ORDERS_A_RUN = 100;

  /** No worker that looked before the order was given lives as long as this. */
  private static final Duration SETTLED = Duration.ofHours(1);

  private final AccountSource accounts;
  private final InvitationStore invitations;
  private final Suppressions suppressions;
  private final Contacts contacts;
  private final AnswerStore answers;
  private final ErasureOrders orders;
  private final ImportFiles files;
  private final RecipientHasher hasher;
  private final EventLog events;
  private final Clock clock;

  public Erasure(
      AccountSource accounts,
      InvitationStore invitations,
      Suppressions suppressions,
      Contacts contacts,
      AnswerStore answers,
      ErasureOrders orders,
      ImportFiles files,
      RecipientHasher hasher,
      EventLog events,
      Clock clock) {
    this.accounts = accounts;
    this.invitations = invitations;
    this.suppressions = suppressions;
    this.contacts = contacts;
    this.answers = answers;
    this.orders = orders;
    this.files = files;
    this.hasher = hasher;
    this.events = events;
    this.clock = clock;
  }

  /** The same, with other files told of. */
  public Erasure telling(ImportFiles others) {
    return new Erasure(
        accounts,
        invitations,
        suppressions,
        contacts,
        answers,
        orders,
        others,
        hasher,
        events,
        clock);
  }

  /**
   * What an account holds of a recipient.
   *
   * @param states state → invitations, for each batch
   * @param files objects in the bucket that hold the recipient's rows, and those of others
   */
  public record Found(
      String account,
      Map<String, Map<InvitationState, Long>> states,
      List<ImportFiles.Files> files) {
    public Found {
      states = Map.copyOf(states);
      files = List.copyOf(files);
    }

    public long rows() {
      return states.values().stream()
          .flatMap(byState -> byState.values().stream())
          .mapToLong(Long::longValue)
          .sum();
    }

    /** Those being sent just now: they are erased by Sweep, when they have settled. */
    public long underWay() {
      return states.values().stream()
          .mapToLong(byState -> byState.getOrDefault(InvitationState.SENDING, 0L))
          .sum();
    }
  }

  /** What would be erased; changes nothing. */
  public Found look(String account, Collection<Recipient> recipients) {
    Map<String, Map<InvitationState, Long>> states = new TreeMap<>();
    Set<String> batches = new LinkedHashSet<>();
    for (List<String> hashes : hashes(recipients)) {
      orders.find(order(account, hashes).id()).ifPresent(order -> batches.addAll(order.batches()));
      String after = "";
      for (List<Invitation> page = page(hashes, after);
          !page.isEmpty();
          page = page(hashes, after)) {
        after = page.getLast().id();
        for (Invitation row : page) {
          if (row.account().equals(account)) {
            states
                .computeIfAbsent(row.batch(), any -> new TreeMap<>())
                .merge(row.state(), 1L, Long::sum);
          }
        }
      }
    }
    batches.addAll(states.keySet());
    return new Found(account, states, files.of(batches));
  }

  /**
   * Erases a recipient from an account. A repeat erases what is left.
   *
   * @param who ordered it, for the event
   * @return what was found
   */
  public Found erase(String account, Collection<Recipient> recipients, String who) {
    for (List<String> hashes : hashes(recipients)) {
      Order order = order(account, hashes);
      orders.put(order);
      suppress(order);
    }
    Found found = look(account, recipients);
    tell(found, who);
    for (List<String> hashes : hashes(recipients)) {
      pass(order(account, hashes));
    }
    return found;
  }

  /** Deletes the objects of imports that have ended. */
  public void deleteFiles(Found found) {
    found.files().forEach(files::delete);
  }

  /** One run of the timer: erases what has settled since it was ordered. */
  public void run() {
    for (Order order : orders.open(ORDERS_A_RUN)) {
      try {
        suppress(order);
        boolean left = pass(order);
        if (!left && order.at().plus(SETTLED).isBefore(clock.instant())) {
          forgetContacts(orders.find(order.id()).orElse(order));
          orders.done(order);
        }
      } catch (RuntimeException e) {
        LOG.error(
            "an erasure in account={} failed and is tried again: {}",
            order.account(),
            Failures.tell(e));
      }
    }
  }

  private void suppress(Order order) {
    for (String hash : order.hashes()) {
      suppressions.add(order.account(), hash, "erased", clock.instant());
    }
  }

  /** Erases what is final, and says whether something is left. */
  private boolean pass(Order order) {
    boolean left = false;
    String after = "";
    for (List<Invitation> page = page(order.hashes(), after);
        !page.isEmpty();
        page = page(order.hashes(), after)) {
      after = page.getLast().id();
      List<Invitation> rows =
          page.stream().filter(row -> row.account().equals(order.account())).toList();
      left |= erase(order, rows);
    }
    return left;
  }

  private boolean erase(Order order, List<Invitation> rows) {
    if (rows.isEmpty()) {
      return false;
    }
    Order noted =
        new Order(
            order.account(),
            order.hashes(),
            order.at(),
            new HashSet<>(rows.stream().map(Invitation::batch).toList()),
            new HashSet<>(rows.stream().map(Invitation::dispatch).toList()));
    // Noted before the rows forget whose they are: a run that is cut off finds the rest by it.
    orders.put(noted);
    List<String> ids = rows.stream().map(Invitation::id).toList();
    invitations.move(
        ids,
        Cause.DROP,
        JournalEntry.of(clock.instant(), InvitationState.SUPPRESSED, "the recipient was erased"));
    forgetContacts(noted);
    answers.delete(ids);
    boolean left = invitations.erase(ids) < ids.size();
    answers.delete(ids); // those that were stored between; later ones find no token
    return left;
  }

  private void forgetContacts(Order order) {
    Set<String> scopes = new LinkedHashSet<>(order.batches());
    scopes.addAll(order.dispatches());
    scopes.add(FatigueWindows.ALL);
    accounts
        .find(order.account())
        .map(Account::dispatches)
        .ifPresent(dispatches -> scopes.addAll(dispatches.keySet()));
    List<String> ids = new ArrayList<>();
    for (String scope : scopes) {
      order.hashes().forEach(hash -> ids.add(FatigueWindows.contact(order.account(), scope, hash)));
    }
    contacts.delete(ids);
  }

  private void tell(Found found, String who) {
    Instant now = clock.instant();
    events.write(
        new Event(
            now,
            Event.Level.INFORMATION,
            "recipient-erased",
            "recipient-erased/" + found.account() + "/" + now,
            found.account(),
            "a recipient was erased by order of "
                + who
                + ": "
                + found.rows()
                + " invitations in "
                + found.states().size()
                + " batches, "
                + found.underWay()
                + " of them being sent, which are erased when they have settled"));
  }

  private List<Invitation> page(List<String> hashes, String after) {
    return invitations.byHash(hashes, after, PAGE);
  }

  /** How the order to erase a recipient is called. */
  static String orderId(String account, List<String> hashes) {
    return new Order(account, hashes, Instant.EPOCH, Set.of(), Set.of()).id();
  }

  private Order order(String account, List<String> hashes) {
    return new Order(account, hashes, clock.instant(), Set.of(), Set.of());
  }

  private List<List<String>> hashes(Collection<Recipient> recipients) {
    return recipients.stream().map(hasher::all).toList();
  }
}
