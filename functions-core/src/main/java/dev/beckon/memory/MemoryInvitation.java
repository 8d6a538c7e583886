package dev.beckon.memory;

import dev.beckon.invitation.Alternative;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.ChannelSwitch;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Standing;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.SealedValue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changes of an invitation; guarded by the store. */
final class MemoryInvitation {
  final Invitation born;
  Channel channel;
  String hash;
  @Nullable Alternative alternative;
  @Nullable String reference;
  SealedValue sealed;
  String language;
  @Nullable ZoneId zone;
  String token;
  InvitationState state;
  Instant notBefore;
  Instant expires;
  int attempts;
  @Nullable String send;
  @Nullable Instant sendUntil;
  @Nullable Instant firstSent;
  long redriven;
  long episode;
  boolean doubtful;
  boolean answered;
  @Nullable String doubtAt;
  String vendor = "";
  long retries;
  final List<JournalEntry> journal;

  MemoryInvitation(Invitation born) {
    this.born = born;
    this.channel = born.channel();
    this.hash = born.hash();
    this.alternative = born.alternative();
    this.reference = born.reference();
    this.sealed = born.sealed();
    this.language = born.language();
    this.zone = born.zone();
    this.token = born.token();
    this.state = born.state();
    this.notBefore = born.notBefore();
    this.expires = born.expires();
    this.attempts = born.attempts();
    this.send = born.send();
    this.firstSent = born.firstSent();
    this.redriven = born.redriven();
    this.episode = born.episode();
    this.journal = new ArrayList<>(born.journal());
  }

  boolean mayBecome(InvitationState to, Cause cause) {
    return to.from(cause).contains(state);
  }

  boolean outlived(Instant now) {
    return mayBecome(InvitationState.IN_DOUBT, Cause.SWEEP)
        && sendUntil != null
        && sendUntil.isBefore(now);
  }

  void erase() {
    hash = "";
    alternative = null;
    reference = null;
    sealed = SealedValue.NONE;
    language = "";
    zone = null;
    token = Invitation.erasedToken(born.id());
    journal.replaceAll(entry -> new JournalEntry(entry.at(), entry.state(), entry.vendor(), ""));
  }

  void goOn(ChannelSwitch by) {
    channel = by.to();
    hash = by.toHash();
    alternative = by.left();
    attempts = 0;
    firstSent = null;
  }

  void drop(Cause cause, JournalEntry entry) {
    become(cause == Cause.DROP && doubtful ? entry.inDoubt() : entry);
  }

  void become(JournalEntry entry) {
    become(entry.state(), entry);
  }

  void become(InvitationState to, JournalEntry entry) {
    state = to;
    journal.add(entry);
    if (journal.size() > JournalEntry.LIMIT) {
      journal.remove(0);
    }
  }

  Standing standing() {
    return new Standing(born.id(), born.batch(), state, notBefore, sendUntil, redriven, send);
  }

  Invitation invitation() {
    return new Invitation(
        born.id(),
        born.account(),
        born.dispatch(),
        born.batch(),
        born.row(),
        channel,
        hash,
        sealed,
        language,
        zone,
        token,
        state,
        born.acceptedAt(),
        notBefore,
        expires,
        attempts,
        send,
        firstSent,
        redriven,
        episode,
        doubtAt,
        alternative,
        reference,
        journal);
  }
}
