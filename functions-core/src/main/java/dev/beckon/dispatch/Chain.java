package dev.beckon.dispatch;

import dev.beckon.dispatch.VendorPool.Pooled;
import dev.beckon.vendor.SendCode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The vendor accounts a row may go out through, and those that did not take it in this dispatch
 * call. Immutable.
 *
 * @param accounts in order of preference; at least one
 * @param tried the names of those that certainly did not take it
 * @param refusing those of them that refuse us: nothing goes through them until somebody mends them
 */
record Chain(List<Pooled> accounts, Set<String> tried, Set<String> refusing) {

  /**
   * What the other vendor accounts are to a row that one did not take.
   *
   * @param next the one it goes to now; null when there is none
   * @param hope whether one of them may take it later
   */
  record Onward(@Nullable String next, boolean hope) {
    static final Onward NONE = new Onward(null, false);
  }

  static Chain of(List<Pooled> accounts) {
    return new Chain(List.copyOf(accounts), Set.of(), Set.of());
  }

  boolean hasOthers() {
    return accounts.size() > 1;
  }

  Pooled first() {
    return accounts.getFirst();
  }

  /** Those left that are worth calling, in order. */
  Stream<Pooled> callable(Instant now) {
    return accounts.stream()
        .filter(account -> !tried.contains(account.settings().name()))
        .filter(account -> account.circuit().state(now) != Circuit.State.OPEN);
  }

  /** What is left when an account has answered with a code that yields to the next. */
  Onward onward(String account, SendCode code, Instant now) {
    if (!hasOthers() || !code.yieldsToNext()) {
      return Onward.NONE;
    }
    Chain rest = without(account, code);
    return new Onward(
        rest.callable(now).map(next -> next.settings().name()).findFirst().orElse(null),
        rest.refusing.size() < accounts.size());
  }

  /** The chain of a row that an account did not take. */
  Chain without(String account, SendCode code) {
    Set<String> triedNow = new HashSet<>(tried);
    triedNow.add(account);
    Set<String> refusingNow = new HashSet<>(refusing);
    if (code == SendCode.BAD_CONFIGURATION) {
      refusingNow.add(account);
    }
    return new Chain(accounts, Set.copyOf(triedNow), Set.copyOf(refusingNow));
  }

  /** From its beginning again. */
  Chain anew() {
    return tried.isEmpty() ? this : of(accounts);
  }

  /** When the first of them is called again; empty when one may be called now. */
  Optional<Instant> closedUntil(Instant now) {
    if (accounts.stream().anyMatch(account -> account.circuit().openUntil(now).isEmpty())) {
      return Optional.empty();
    }
    return accounts.stream()
        .flatMap(account -> account.circuit().openUntil(now).stream())
        .min(Instant::compareTo);
  }

  /**
   * Why a row goes out through an account that is not its first; empty where its journal says it
   * already.
   */
  String detour(String account) {
    String preferred = first().settings().name();
    return preferred.equals(account) || tried.contains(preferred)
        ? ""
        : "instead of " + preferred + ", which keeps failing";
  }
}
