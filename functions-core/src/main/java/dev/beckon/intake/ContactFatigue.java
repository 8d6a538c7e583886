package dev.beckon.intake;

import dev.beckon.intake.Contacts.Contact;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which invitation may ask a recipient: contact fatigue by owner (DESIGN §5, intake step
 * 4), at intake and once more before each claim. Running it again for the same rows gives the same
 * winners. Thread-safe.
 */
public final class ContactFatigue {
  /**
   * Rounds in which a loser may find its holder changed under it before it leaves it to a re-run.
   */
  private static final int ROUNDS = 20;

  private static final Duration TICK = Duration.ofMillis(1);

  private final Contacts contacts;
  private final InvitationStore invitations;

  public ContactFatigue(Contacts contacts, InvitationStore invitations) {
    this.contacts = contacts;
    this.invitations = invitations;
  }

  /** A row that wants contacts, in this order. */
  private record Candidate(String batch, List<Contact> wanted) {}

  /** A row that wants one contact. */
  private record Wish(String batch, Contact contact) {}

  /**
   * Takes the contacts of new rows; what is returned are the losers with what they become:
   * DUPLICATE when the winner is of the same batch, else TOO_SOON.
   */
  Map<String, InvitationState> contend(
      Collection<Invitation> rows, FatigueWindows windows, Instant now) {
    return contend(
        rows.stream()
            .map(row -> new Candidate(row.batch(), windows.contacts(row, row.notBefore())))
            .toList(),
        now);
  }

  /**
   * Makes sure before a claim that rows still hold their contacts and go on holding them until the
   * claim's end; what is returned are the losers, as {@link #contend} does.
   *
   * @param sendUntil latest end of the claim
   */
  public Map<String, InvitationState> confirm(
      Collection<Invitation> rows, FatigueWindows windows, Instant now, Instant sendUntil) {
    List<List<Contact>> wanted = new ArrayList<>(rows.size());
    List<String> ids = new ArrayList<>(rows.size());
    for (Invitation row : rows) {
      List<Contact> needed = windows.contacts(row, now);
      wanted.add(needed);
      needed.forEach(contact -> ids.add(contact.id()));
    }
    Map<String, Contact> held = contacts.read(ids);
    List<Candidate> unsure = new ArrayList<>();
    Iterator<List<Contact>> next = wanted.iterator();
    for (Invitation row : rows) {
      List<Contact> needed = next.next();
      // A reopened row was final for a while: whoever saw that may be about to take its contact.
      if (row.redriven() > 0 || !holdsAll(needed, held, row, sendUntil)) {
        unsure.add(
            new Candidate(
                row.batch(),
                needed.stream()
                    .map(contact -> prolonged(contact, held.get(contact.id()), sendUntil))
                    .toList()));
      }
    }
    return contend(unsure, now);
  }

  /**
   * Looks, without taking anything, which rows of a batch would lose these contacts.
   *
   * @param wanted invitation → contacts
   */
  Map<String, InvitationState> held(Map<String, List<String>> wanted, String batch, Instant now) {
    Map<String, Contact> held =
        new HashMap<>(contacts.read(wanted.values().stream().flatMap(List::stream).toList()));
    held.values().removeIf(contact -> !contact.until().isAfter(now));
    Map<String, Standing> holders =
        invitations.standings(held.values().stream().map(Contact::by).toList());
    Map<String, InvitationState> losers = new HashMap<>();
    wanted.forEach((id, ids) -> {
      for (String contact : ids) {
        Contact there = held.get(contact);
        Standing holder = there == null ? null : holders.get(there.by());
        if (holder != null && !holder.id().equals(id) && !holder.state().isFinalNotSent()) {
          losers.put(id, lost(batch, holder));
        }
      }
    });
    return losers;
  }

  private static InvitationState lost(String batch, Standing holder) {
    return holder.batch().equals(batch) ? InvitationState.DUPLICATE : InvitationState.TOO_SOON;
  }

  private static boolean holdsAll(
      List<Contact> needed, Map<String, Contact> held, Invitation row, Instant sendUntil) {
    for (Contact contact : needed) {
      if (!holds(held.get(contact.id()), row, sendUntil)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(@Nullable Contact held, Invitation row, Instant sendUntil) {
    return held != null && held.by().equals(row.id()) && !held.until().isBefore(sendUntil);
  }

  /** Changed in any case: a take-over on what was read before must fail. */
  private static Contact prolonged(Contact wanted, @Nullable Contact held, Instant sendUntil) {
    Instant until = later(wanted.until(), sendUntil);
    if (held != null && held.by().equals(wanted.by())) {
      until = later(until, held.until().plus(TICK));
    }
    return new Contact(wanted.id(), wanted.by(), until);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }

  private Map<String, InvitationState> contend(List<Candidate> candidates, Instant now) {
    Map<String, InvitationState> losers = new HashMap<>();
    int most = candidates.stream().mapToInt(c -> c.wanted().size()).max().orElse(0);
    for (int i = 0; i < most; i++) {
      int step = i;
      List<Wish> wishes =
          candidates.stream()
              .filter(c -> step < c.wanted().size())
              .map(c -> new Wish(c.batch(), c.wanted().get(step)))
              .filter(wish -> !losers.containsKey(wish.contact().by()))
              .toList();
      contendForOne(wishes, now, losers);
    }
    return losers;
  }

  private void contendForOne(List<Wish> wishes, Instant now, Map<String, InvitationState> losers) {
    List<Wish> contending = wishes;
    for (int round = 0; !contending.isEmpty(); round++) {
      if (round == ROUNDS) {
        throw new IllegalStateException(
            contending.size() + " contacts kept changing hands; they are contended for again");
      }
      contending = round(contending, now, losers);
    }
  }

  private List<Wish> round(
      List<Wish> contending, Instant now, Map<String, InvitationState> losers) {
    Set<String> taken = contacts.take(contending.stream().map(Wish::contact).toList(), now);
    List<Wish> refused =
        contending.stream().filter(wish -> taken.contains(wish.contact().id())).toList();
    if (refused.isEmpty()) {
      return List.of();
    }
    Map<String, Contact> held =
        contacts.read(refused.stream().map(wish -> wish.contact().id()).toList());
    Map<String, Standing> holders =
        invitations.standings(held.values().stream().map(Contact::by).toList());
    List<Wish> again = new ArrayList<>();
    for (Wish wish : refused) {
      Contact wanted = wish.contact();
      Contact contact = held.get(wanted.id());
      if (contact == null) {
        again.add(wish); // freed meanwhile
        continue;
      }
      if (contact.by().equals(wanted.by())) {
        if (contact.until().isBefore(wanted.until())) {
          again.add(wish); // another run of this very row won it, for a shorter time
        }
        continue;
      }
      Standing holder = holders.get(contact.by());
      if (holder == null || holder.state().isFinalNotSent()) {
        // Always later than it was read: `until` marks the take, and an old mark must not come
        // back.
        Instant until = later(wanted.until(), contact.until().plus(TICK));
        if (!contacts.takeOver(contact, wanted.by(), until)) {
          again.add(wish);
        }
        continue;
      }
      losers.put(wanted.by(), lost(wish.batch(), holder));
    }
    return again;
  }
}
