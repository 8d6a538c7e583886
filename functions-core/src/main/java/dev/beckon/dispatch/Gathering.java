package dev.beckon.dispatch;

import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets single invitations wait a moment for others, where their vendor takes many in one call: any
 * worker may take any parcel at any time, and whoever is hinted at them later finds them done.
 * Thread-safe.
 */
final class Gathering {
  /** Older ones have met a worker already; one of them may have killed it. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private record Of(String account, String dispatch) {}

  private final ParcelStore parcels;

  Gathering(ParcelStore parcels) {
    this.parcels = parcels;
  }

  /**
   * Waits where that is worth it.
   *
   * @param begun the parcels of the rows in the groups
   * @return fresh parcels of the same dispatches and lane; none that was begun already
   */
  List<Parcel> more(Collection<SendGroup> groups, List<Parcel> begun, Deadline stop) {
    if (begun.isEmpty() || begun.stream().anyMatch(parcel -> parcel.lane() != Lane.PRIORITY)) {
      return List.of();
    }
    Duration wait = Duration.ZERO;
    Map<Of, Integer> room = new LinkedHashMap<>();
    for (SendGroup group : groups) {
      Duration own = group.vendor().gather();
      int free = group.vendor().maxBatch() - group.items().size();
      if (own.isPositive() && free > 0 && closed(group, stop)) {
        wait = own.compareTo(wait) > 0 ? own : wait;
        for (Item item : group.items()) {
          room.put(new Of(item.invitation().account(), item.invitation().dispatch()), free);
        }
      }
    }
    if (room.isEmpty() || !pause(wait, stop)) {
      return List.of();
    }
    Instant now = stop.clock().instant();
    Set<String> known = new HashSet<>();
    begun.forEach(parcel -> known.add(parcel.id()));
    List<Parcel> more = new ArrayList<>();
    room.forEach((of, free) ->
        parcels
            .fresh(
                of.account(),
                of.dispatch(),
                Lane.PRIORITY,
                now.minus(FRESH),
                now,
                free + begun.size())
            .stream()
            .filter(parcel -> known.add(parcel.id()))
            .limit(free)
            .forEach(more::add));
    return more;
  }

  private static boolean closed(SendGroup group, Deadline stop) {
    return group.circuit().state(stop.clock().instant()) == Circuit.State.CLOSED;
  }

  /** Whether there is time left; never waits for more than a quarter of it. */
  private static boolean pause(Duration wait, Deadline stop) {
    Duration most = stop.remaining().dividedBy(4);
    try {
      Thread.sleep(wait.compareTo(most) > 0 ? most : wait);
      return !stop.passed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
