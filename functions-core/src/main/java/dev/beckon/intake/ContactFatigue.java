package dev.beckon.intake;

import dev.beckon.intake.Contacts.Contact;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which invitation may ask a recipient: contact fatigue by owner (DESIGN §5, intake step
 * 4). Running it again for the same rows gives the same winners. Thread-safe.
 */
final class ContactFatigue {
  /**
   * Rounds in which a loser may find its holder changed under it before it leaves it to a re-run.
   */
  private static final int ROUNDS = 20;

  private final Contacts contacts;
  private final InvitationStore invitations;

  ContactFatigue(Contacts contacts, InvitationStore invitations) {
    this.contacts = contacts;
    this.invitations = invitations;
  }

  /** A row that wants a contact. */
  record Candidate(String invitation, String batch, String contact, Instant until) {}

  /**
   * Takes the contacts of all candidates; what is returned are the losers with what they become:
   * DUPLICATE when the winner is of the same batch, else TOO_SOON.
   */
  Map<String, InvitationState> contend(Collection<Candidate> candidates, Instant now) {
    Map<String, InvitationState> losers = new HashMap<>();
    List<Candidate> contending = new ArrayList<>(candidates);
    for (int round = 0; !contending.isEmpty(); round++) {
      if (round == ROUNDS) {
        throw new IllegalStateException(
            contending.size() + " contacts kept changing hands; run the intake again");
      }
      contending = round(contending, now, losers);
    }
    return losers;
  }

  /** Of the candidates, without taking anything: those another invitation holds the contact of. */
  Map<String, InvitationState> held(Collection<Candidate> candidates, Instant now) {
    Map<String, Contact> contacts =
        this.contacts.read(candidates.stream().map(Candidate::contact).toList());
    contacts.values().removeIf(contact -> !contact.until().isAfter(now));
    Map<String, Standing> holders =
        invitations.standings(contacts.values().stream().map(Contact::by).toList());
    Map<String, InvitationState> held = new HashMap<>();
    for (Candidate candidate : candidates) {
      Contact contact = contacts.get(candidate.contact());
      Standing holder = contact == null ? null : holders.get(contact.by());
      if (holder != null
          && !holder.id().equals(candidate.invitation())
          && !holder.state().isFinalNotSent()) {
        held.put(candidate.invitation(), lost(candidate, holder));
      }
    }
    return held;
  }

  private static InvitationState lost(Candidate candidate, Standing holder) {
    return holder.batch().equals(candidate.batch())
        ? InvitationState.DUPLICATE
        : InvitationState.TOO_SOON;
  }

  private List<Candidate> round(
      List<Candidate> contending, Instant now, Map<String, InvitationState> losers) {
    Set<String> taken =
        contacts.take(
            contending.stream()
                .map(c -> new Contact(c.contact(), c.invitation(), c.until()))
                .toList(),
            now);
    List<Candidate> refused = contending.stream().filter(c -> taken.contains(c.contact())).toList();
    if (refused.isEmpty()) {
      return List.of();
    }
    Map<String, Contact> held = contacts.read(refused.stream().map(Candidate::contact).toList());
    Map<String, Standing> holders =
        invitations.standings(held.values().stream().map(Contact::by).toList());
    List<Candidate> again = new ArrayList<>();
    for (Candidate candidate : refused) {
      Contact contact = held.get(candidate.contact());
      if (contact == null) {
        again.add(candidate); // freed meanwhile
        continue;
      }
      if (contact.by().equals(candidate.invitation())) {
        continue; // an earlier run of this very row won it
      }
      Standing holder = holders.get(contact.by());
      if (holder == null || holder.state().isFinalNotSent()) {
        if (!contacts.takeOver(contact, candidate.invitation(), candidate.until())) {
          again.add(candidate);
        }
        continue;
      }
      losers.put(candidate.invitation(), lost(candidate, holder));
    }
    return again;
  }
}
