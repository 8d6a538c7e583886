package dev.beckon.dispatch;

import dev.beckon.parcel.Parcel;
import dev.beckon.privacy.Failures;
import dev.beckon.telemetry.Metric;
import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What log lines, spans and figures say of the work on parcels. Thread-safe. */
final class ParcelTelemetry {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Telemetry telemetry;

  ParcelTelemetry(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  /** Works on one parcel by itself; one that fails is delivered again and takes no other down. */
  void guarded(Parcel parcel, Set<String> again, Runnable part) {
    try (Telemetry.Work work = telemetry.begin("parcel", tags(parcel))) {
      try {
        part.run();
      } catch (RuntimeException e) {
        work.failed(e);
        LOG.error("parcel={} failed and is delivered again: {}", parcel.id(), Failures.tell(e));
        again.add(parcel.id());
      }
    }
  }

  /** Works on parcels together: it says what they have in common. */
  <T> T together(Collection<Parcel> parcels, Supplier<T> work) {
    Map<Tag, String> common = new EnumMap<>(Tag.class);
    boolean first = true;
    for (Parcel parcel : parcels) {
      if (first) {
        common.putAll(tags(parcel));
      } else {
        common.entrySet().retainAll(tags(parcel).entrySet());
      }
      first = false;
    }
    return telemetry.call("parcels", common, work);
  }

  /** A worker took it in hand; a suspect parcel says nothing of how long others wait. */
  void begun(Parcel parcel, Instant now) {
    if (!parcel.suspect()) {
      long waited = Math.max(0, Duration.between(parcel.due(), now).toMillis());
      telemetry.meter().record(Metric.PARCEL_AGE, tags(parcel), waited / 1_000.0);
    }
  }

  private static Map<Tag, String> tags(Parcel parcel) {
    Map<Tag, String> about = new EnumMap<>(Tag.class);
    about.put(Tag.ACCOUNT, parcel.account());
    about.put(Tag.DISPATCH, parcel.dispatch());
    about.put(Tag.BATCH, parcel.batch());
    about.put(Tag.PARCEL, parcel.id());
    about.put(Tag.LANE, parcel.lane().name());
    return about;
  }
}
