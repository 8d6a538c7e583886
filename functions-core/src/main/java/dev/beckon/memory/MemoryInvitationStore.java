package dev.beckon.memory;

import dev.beckon.invitation.ChannelSwitch;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.SealedValue;
import dev.beckon.privacy.Sealer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Invitations in memory, for tests and samples. Thread-safe. */
public final class MemoryInvitationStore implements InvitationStore {
  private final Map<String, MemoryInvitation> rows = new LinkedHashMap<>();

  @Override
  public synchronized void insert(List<Invitation> invitations) {
    invitations.forEach(
        invitation -> rows.putIfAbsent(invitation.id(), new MemoryInvitation(invitation)));
  }

  @Override
  public synchronized List<Invitation> load(Collection<String> ids) {
    return stored(ids).stream().map(MemoryInvitation::invitation).toList();
  }

  @Override
  public synchronized Map<String, Standing> standings(Collection<String> ids) {
    Map<String, Standing> standings = new HashMap<>();
    stored(ids).forEach(row -> standings.put(row.born.id(), row.standing()));
    return standings;
  }

  @Override
  public synchronized List<Standing> unfinished(Collection<String> ids) {
    return stored(ids).stream()
        .filter(row -> !row.state.isFinal())
        .map(MemoryInvitation::standing)
        .toList();
  }

  @Override
  public synchronized Map<InvitationState, Long> countStates(Collection<String> ids) {
    Map<InvitationState, Long> counts = new EnumMap<>(InvitationState.class);
    stored(ids).forEach(row -> counts.merge(row.state, 1L, Long::sum));
    return counts;
  }

  @Override
  public synchronized List<Claimed> claim(Collection<String> ids, Claim claim) {
    List<Claimed> claimed = new ArrayList<>();
    for (MemoryInvitation row : stored(ids)) {
      if (row.mayBecome(InvitationState.SENDING, Cause.CLAIM)
          && row.channel == claim.channel()
          && row.redriven == claim.redriven()
          && !row.notBefore.isAfter(claim.now())) {
        row.send = claim.send();
        row.sendUntil = claim.until();
        row.vendor = claim.vendor();
        row.attempts++;
        row.firstSent = row.firstSent == null ? claim.now() : row.firstSent;
        row.become(claim.entry());
      }
      if (row.state == InvitationState.SENDING && claim.send().equals(row.send)) {
        Instant first = row.firstSent == null ? claim.now() : row.firstSent;
        claimed.add(new Claimed(row.born.id(), row.attempts, first, row.doubtful, row.doubtAt));
      }
    }
    return claimed;
  }

  @Override
  public synchronized int settle(List<Settlement> settlements, Instant giveUpAt) {
    int applied = 0;
    for (Settlement settlement : settlements) {
      MemoryInvitation row = rows.get(settlement.id());
      if (row == null
          || !settlement.send().equals(row.send)
          || !row.mayBecome(settlement.to(), settlement.cause())) {
        continue;
      }
      row.sendUntil = null;
      row.notBefore = settlement.notBefore() == null ? row.notBefore : settlement.notBefore();
      row.attempts -= settlement.returnAttempt() ? 1 : 0;
      row.retries += settlement.to() == InvitationState.RETRY ? 1 : 0;
      row.doubtful |= settlement.doubtful();
      row.doubtAt = settlement.doubtful() ? settlement.entry().vendor() : row.doubtAt;
      if (settlement.goesOn() != null) {
        row.goOn(settlement.goesOn());
      }
      row.become(settlement.to(), settlement.entry());
      applied++;
    }
    return applied;
  }

  @Override
  public synchronized Moved move(Collection<String> ids, Cause cause, JournalEntry entry) {
    List<MemoryInvitation> moved =
        stored(ids).stream().filter(row -> row.mayBecome(entry.state(), cause)).toList();
    moved.forEach(row -> row.drop(cause, entry));
    long other = moved.stream().filter(row -> row.state != entry.state()).count();
    return new Moved(moved.size(), (int) other);
  }

  @Override
  public synchronized long moveBatch(String batch, JournalEntry entry) {
    return change(
        rows.values().stream()
            .filter(row -> row.born.batch().equals(batch))
            .filter(row -> row.mayBecome(entry.state(), Cause.DROP))
            .toList(),
        row -> row.drop(Cause.DROP, entry));
  }

  @Override
  public synchronized List<Invitation> page(
      String batch, Set<InvitationState> states, String after, int limit) {
    return rows.values().stream()
        .filter(row -> row.born.batch().equals(batch) && states.contains(row.state))
        .map(MemoryInvitation::invitation)
        .filter(row -> row.id().compareTo(after) > 0)
        .sorted(Comparator.comparing(Invitation::id))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int postpone(Collection<String> ids, Instant until, Instant now, String why) {
    return change(
        stored(ids).stream()
            .filter(row -> row.mayBecome(InvitationState.SENDING, Cause.CLAIM))
            .filter(row -> row.notBefore.isBefore(until))
            .toList(),
        row -> {
          row.notBefore = until;
          row.become(JournalEntry.of(now, row.state, why));
        });
  }

  @Override
  public synchronized int goOn(Collection<Invitation> asLoaded, Instant now, String why) {
    int gone = 0;
    for (Invitation loaded : asLoaded) {
      ChannelSwitch by = ChannelSwitch.of(loaded).orElse(null);
      MemoryInvitation row = rows.get(loaded.id());
      if (by != null
          && row != null
          && row.mayBecome(InvitationState.SENDING, Cause.CLAIM)
          && row.state == loaded.state()
          && row.channel == by.from()
          && !row.doubtful) {
        row.goOn(by);
        row.notBefore = now;
        row.become(JournalEntry.of(now, row.state, why));
        gone++;
      }
    }
    return gone;
  }

  @Override
  public synchronized Expired expireClaims(Instant now, Map<String, Integer> resendable) {
    List<MemoryInvitation> expired =
        rows.values().stream().filter(row -> row.outlived(now)).toList();
    expired.forEach(row -> {
      int most = resendable.getOrDefault(row.born.account() + "/" + row.born.dispatch(), 0);
      row.sendUntil = null;
      if (row.attempts < most) {
        row.notBefore = now;
        row.doubtful = true;
        row.doubtAt = Invitation.ANY_VENDOR;
        row.become(
            JournalEntry.of(
                now, InvitationState.RETRY, "its worker is gone; the account allows a resend"));
      } else {
        row.become(
            JournalEntry.of(
                now,
                InvitationState.IN_DOUBT,
                "its worker is gone; the request may have been written"));
      }
    });
    long again = expired.stream().filter(row -> row.state == InvitationState.RETRY).count();
    return new Expired(expired.size() - (int) again, (int) again);
  }

  @Override
  public synchronized void reopen(Collection<String> ids, Reopening reopening, Instant now) {
    long number = reopening.number();
    String send = reopening.send();
    Instant expires = reopening.expires();
    InvitationState to = send == null ? InvitationState.ACCEPTED : InvitationState.RETRY;
    for (MemoryInvitation row : stored(ids)) {
      if (reopening.from().contains(row.state)
          && row.mayBecome(to, Cause.REDRIVE)
          && row.redriven < number
          && (send == null || send.equals(row.send))) {
        row.redriven = number;
        row.notBefore = now;
        if (send == null) {
          row.doubtful |= row.state == InvitationState.IN_DOUBT;
          row.episode = number;
          row.firstSent = null;
          row.doubtAt = null;
          row.attempts = 0;
        }
        row.expires = expires != null && expires.isAfter(row.expires) ? expires : row.expires;
        row.become(JournalEntry.of(now, to, "redrive " + number));
      }
    }
  }

  @Override
  public synchronized Optional<Invitation> byToken(String token) {
    return rows.values().stream()
        .filter(row -> row.token.equals(token))
        .map(MemoryInvitation::invitation)
        .findFirst();
  }

  @Override
  public synchronized boolean answered(Invitation asRead, Instant at) {
    MemoryInvitation row = rows.get(asRead.id());
    if (row == null || !row.token.equals(asRead.token())) {
      return false;
    }
    if (!row.answered && row.state == asRead.state()) {
      row.answered = true;
      row.become(JournalEntry.answered(at, row.state));
    }
    return row.answered;
  }

  @Override
  public synchronized List<Invitation> byHash(Collection<String> hashes, String after, int limit) {
    return page(row -> row.invitation().hashes().stream().anyMatch(hashes::contains), after, limit);
  }

  @Override
  public synchronized List<Invitation> sealedUnder(
      String account, LocalDate day, String after, int limit) {
    return page(
        row ->
            row.born.account().equals(account)
                && Sealer.dayOf(row.sealed.bytes()).filter(day::equals).isPresent(),
        after,
        limit);
  }

  private List<Invitation> page(Predicate<MemoryInvitation> of, String after, int limit) {
    return rows.values().stream()
        .filter(of)
        .filter(row -> row.born.id().compareTo(after) > 0)
        .map(MemoryInvitation::invitation)
        .sorted(Comparator.comparing(Invitation::id))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int forget(Collection<String> ids) {
    return change(
        stored(ids).stream().filter(row -> row.state.isFinal() && !row.sealed.isNone()).toList(),
        row -> row.sealed = SealedValue.NONE);
  }

  @Override
  public synchronized int erase(Collection<String> ids) {
    return change(
        stored(ids).stream()
            .filter(row -> row.state.isFinal())
            .filter(row -> !row.token.equals(Invitation.erasedToken(row.born.id())))
            .toList(),
        MemoryInvitation::erase);
  }

  @Override
  public synchronized Map<InvitationState, Long> countByState(String batch) {
    Map<InvitationState, Long> counts = new EnumMap<>(InvitationState.class);
    rows.values().stream()
        .filter(row -> row.born.batch().equals(batch))
        .forEach(row -> counts.merge(row.state, 1L, Long::sum));
    return counts;
  }

  @Override
  public synchronized List<Figure> figures(String batch) {
    Map<String, Figure> figures = new TreeMap<>();
    rows.values().stream()
        .filter(row -> row.born.batch().equals(batch))
        .forEach(row ->
            figures.merge(
                row.vendor + "/" + row.state,
                new Figure(row.vendor, row.state, 1, row.retries),
                (a, b) ->
                    new Figure(
                        a.vendor(), a.state(), a.rows() + b.rows(), a.retries() + b.retries())));
    return List.copyOf(figures.values());
  }

  /** Every row as it is now, by id, for the search. */
  synchronized List<Invitation> all() {
    return rows.values().stream()
        .map(MemoryInvitation::invitation)
        .sorted(Comparator.comparing(Invitation::id))
        .toList();
  }

  private List<MemoryInvitation> stored(Collection<String> ids) {
    List<MemoryInvitation> stored = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      MemoryInvitation row = rows.get(id);
      if (row != null) {
        stored.add(row);
      }
    }
    return stored;
  }

  private static int change(List<MemoryInvitation> changed, Consumer<MemoryInvitation> change) {
    changed.forEach(change);
    return changed.size();
  }
}
