package dev.beckon.app;

import dev.beckon.parcel.Hint;
import dev.beckon.privacy.Failures;
import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Telemetry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on queue messages one by one. Thread-safe. */
final class HintLoop {
  private static final Logger LOG = LoggerFactory.getLogger(HintLoop.class);

  private final Undecodable undecodable;
  private final Telemetry telemetry;

  HintLoop(Undecodable undecodable, Telemetry telemetry) {
    this.undecodable = undecodable;
    this.telemetry = telemetry;
  }

  /**
   * Works on each hint of a kind.
   *
   * @param queue for the event about a message that is no such hint
   * @return ids of deliveries to be delivered again
   */
  Set<String> eachHint(
      List<Delivery> deliveries, Hint.Kind kind, String queue, Consumer<String> work) {
    Set<String> again = new LinkedHashSet<>();
    for (Delivery delivery : deliveries) {
      Hint hint = Hint.parse(delivery.body()).orElse(null);
      if (hint == null || hint.kind() != kind) {
        undecodable.keep(queue, delivery.body());
      } else {
        guarded(delivery, hint, again, () -> work.accept(hint.id()));
      }
    }
    return again;
  }

  /** One bad message never takes its neighbours down. */
  void guarded(Delivery delivery, Hint hint, Set<String> again, Runnable work) {
    Tag tag = tag(hint);
    try (Telemetry.Work told = telemetry.begin(tag.label() + "-hint", Map.of(tag, hint.id()))) {
      try {
        work.run();
      } catch (RuntimeException e) {
        told.failed(e);
        LOG.error("message={} failed and is delivered again: {}", delivery.id(), Failures.tell(e));
        again.add(delivery.id());
      }
    }
  }

  private static Tag tag(Hint hint) {
    return switch (hint.kind()) {
      case PARCEL -> Tag.PARCEL;
      case CHUNK -> Tag.CHUNK;
      case IMPORT -> Tag.IMPORT;
    };
  }
}
