package dev.beckon.dispatch;

import dev.beckon.account.Account;
import dev.beckon.account.Dispatch;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.account.Policy;
import dev.beckon.account.SecretMissingException;
import dev.beckon.account.SecretUnreachableException;
import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.dispatch.VendorPool.Pooled;
import dev.beckon.invitation.Invitation;
import dev.beckon.parcel.Parcel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the rows of one dispatch call by the vendor account they go out through: the first of their
 * chain that is worth calling. One use, one thread.
 */
final class Grouping {
  private final VendorPool vendors;
  private final Renderers renderers;
  private final ConfigurationFaults faults;

  /** By the vendor account's line of time, which has its name. */
  private final Map<String, SendGroup> groups = new LinkedHashMap<>();

  Grouping(VendorPool vendors, Renderers renderers, ConfigurationFaults faults) {
    this.vendors = vendors;
    this.renderers = renderers;
    this.faults = faults;
  }

  Collection<SendGroup> groups() {
    return groups.values();
  }

  /** Takes the groups of the accounts that are not busy; rows that come later form new ones. */
  List<SendGroup> take(Set<Circuit> busy) {
    List<SendGroup> taken = new ArrayList<>(groups.values());
    taken.removeIf(group -> busy.contains(group.circuit()));
    groups.values().removeIf(group -> !busy.contains(group.circuit()));
    return taken;
  }

  /** Adds rows that may go out; those that our configuration has no way for become FAILED. */
  void add(Parcel parcel, Account account, Dispatch dispatch, List<Invitation> rows, Instant now) {
    Renderer renderer;
    try {
      renderer = renderers.of(account, dispatch.id());
    } catch (InvalidAccountException e) {
      faults.unconfigured(parcel, parcel.ids(), String.valueOf(e.getMessage()), now);
      return;
    }
    Map<List<String>, List<Invitation>> byChain = new LinkedHashMap<>();
    for (Invitation row : rows) {
      byChain.computeIfAbsent(names(row, dispatch), any -> new ArrayList<>()).add(row);
    }
    byChain.forEach((names, some) -> {
      Chain chain = chain(parcel, account, names, some, now);
      if (chain == null) {
        return;
      }
      if (chain.hasOthers()) {
        some.forEach(row -> assign(new Item(row, renderer, dispatch, chain, row.notBefore()), now));
      } else {
        List<Item> items = group(chain.first()).items();
        some.forEach(row -> items.add(new Item(row, renderer, dispatch, chain, row.notBefore())));
      }
    });
  }

  /**
   * Adds a row again that its vendor account did not take.
   *
   * @return when the first account of its chain is called again, where none may be called now
   */
  Optional<Instant> addAgain(Item item, Instant now) {
    Optional<Instant> closedUntil = item.chain().closedUntil(now);
    if (closedUntil.isEmpty()) {
      assign(item, now);
    }
    return closedUntil;
  }

  /** A row of which a request may have been accepted goes to the same vendor account only. */
  private static List<String> names(Invitation row, Dispatch dispatch) {
    String doubtAt = row.doubtAt();
    if (doubtAt != null
        && !doubtAt.equals(Invitation.ANY_VENDOR)
        && dispatch.policy().inDoubt() == Policy.InDoubt.HOLD) {
      return List.of(doubtAt);
    }
    return dispatch
        .route(row.channel())
        .map(route -> route.vendorAccounts())
        .orElseGet(() -> List.of(""));
  }

  /** Those of the accounts that can be used; null when none can. */
  private @Nullable Chain chain(
      Parcel parcel, Account account, List<String> names, List<Invitation> rows, Instant now) {
    List<Pooled> usable = new ArrayList<>(names.size());
    List<String> problems = new ArrayList<>();
    SecretUnreachableException unreachable = null;
    for (String name : names) {
      try {
        usable.add(vendors.of(account, name));
      } catch (IllegalArgumentException | SecretMissingException e) {
        problems.add(String.valueOf(e.getMessage()));
      } catch (SecretUnreachableException e) {
        unreachable = e;
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    if (usable.isEmpty() && unreachable != null) {
      throw unreachable; // no fault of the rows': their parcel is delivered again
    }
    if (usable.isEmpty()) {
      List<String> ids = rows.stream().map(Invitation::id).toList();
      faults.unconfigured(parcel, ids, String.join("; ", problems), now);
      return null;
    }
    if (!problems.isEmpty()) {
      faults.partly(parcel, String.join("; ", problems), now);
    }
    return Chain.of(usable);
  }

  private void assign(Item item, Instant now) {
    Chain chain = item.chain();
    Pooled at =
        chain
            .callable(now)
            .filter(pooled -> !chain.hasOthers() || probesEnough(pooled, now))
            .findFirst()
            .or(() -> chain.callable(now).findFirst())
            .or(() -> chain.anew().callable(now).findFirst())
            .orElse(chain.first());
    group(at).items().add(item);
  }

  /** A vendor account that may be back is tried with one call; the other rows need not wait. */
  private boolean probesEnough(Pooled at, Instant now) {
    return at.circuit().state(now) != Circuit.State.PROBING
        || group(at).items().size() < at.pace().batch();
  }

  private SendGroup group(Pooled at) {
    return groups.computeIfAbsent(
        at.pace().line(),
        any ->
            new SendGroup(
                at.settings().name(),
                at.settings().vendor(),
                at.vendor(),
                at.traits(),
                at.circuit(),
                at.pace(),
                new ArrayList<>()));
  }
}
