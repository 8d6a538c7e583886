package dev.beckon.local.simulation;

import dev.beckon.app.Application;
import dev.beckon.app.Stores;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Parcel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Watches the messages of the alert service until all are final. Not thread-safe. */
public final class Monitor {
  /** Looking costs the store time: it takes a fifth of it at most. */
  private static final int REST = 4;

  private final Stores stores;
  private final Alerts alerts;
  private final Clock clock;
  private final List<Settled> settled = new ArrayList<>();
  private SettledReader reader;
  private long timed;
  private double timedMillis;

  public Monitor(Application application, Clock clock) {
    this.stores = application.stores();
    this.alerts = new Alerts(application);
    this.clock = clock;
    this.reader = new SettledReader(stores.search());
  }

  /**
   * Looks every so often, until everything is final at two looks in a row or somebody interrupts.
   *
   * @return whether all is final
   */
  public boolean watch(Duration every, Interruption interruption, LiveText text)
      throws InterruptedException {
    Instant begun = clock.instant();
    Figures before = null;
    boolean finalBefore = false;
    while (true) {
      long looked = System.nanoTime();
      Figures now = look(begun, before);
      text.show(
          now.total() == 0 ? "waiting for messages: ./beckon produce" : now.block(),
          now.total() == 0 ? "waiting for messages: ./beckon produce" : now.line());
      boolean isFinal = now.total() > 0 && now.allFinal() && !alerts.isProducing(now.at());
      if (isFinal && finalBefore) {
        return true;
      }
      finalBefore = isFinal;
      before = now;
      Duration took = Duration.ofNanos(System.nanoTime() - looked);
      Duration rest = every.minus(took);
      Duration least = took.multipliedBy(REST);
      if (interruption.within(rest.compareTo(least) < 0 ? least : rest)) {
        return false;
      }
    }
  }

  private Figures look(Instant begun, @Nullable Figures before) {
    Map<InvitationState, Long> states = stores.search().counts(Alerts.search(Set.of()), "");
    Instant at = clock.instant();
    reader.read().forEach(this::add);
    Figures now = new Figures(at, Duration.between(begun, at), states, timed, timedMillis, 0);
    double seconds = before == null ? 0 : Duration.between(before.at(), at).toNanos() / 1e9;
    return seconds <= 0 || before == null
        ? now
        : new Figures(
            at,
            now.elapsed(),
            states,
            timed,
            timedMillis,
            (now.settled() - before.settled()) / seconds);
  }

  private void add(Settled one) {
    settled.add(one);
    if (!Double.isNaN(one.millis())) {
      timed++;
      timedMillis += one.millis();
    }
  }

  /** Everything from the first message on, for a chart. */
  public Course course() {
    Figures end = look(clock.instant(), null);
    if (settled.size() != end.settled()) {
      // An outcome was written long after it was known, or evidence changed it: read all again.
      settled.clear();
      timed = 0;
      timedMillis = 0;
      reader = new SettledReader(stores.search());
      end = look(clock.instant(), null);
    }
    List<Course.Produced> produced = new ArrayList<>();
    for (Parcel parcel :
        alerts.parcels(Set.of(Parcel.State.FILLING, Parcel.State.READY, Parcel.State.DONE))) {
      if (parcel.redrive() == null) {
        produced.add(new Course.Produced(parcel.createdAt(), parcel.rows().size()));
      }
    }
    return Course.of(end, settled, produced);
  }
}
