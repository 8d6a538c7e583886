package dev.beckon.vendors.simulator;

import dev.beckon.vendor.VendorSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The simulator's settings, checked together. */
record SimulatorOptions(
    int batch,
    Duration gather,
    int inFlight,
    Duration latency,
    Outcomes.Rates rates,
    int seed,
    Duration timeout,
    @Nullable URI sink,
    @Nullable String crashAt,
    double crashRate) {

  static final String BEFORE = "before-send";
  static final String AFTER = "after-send";

  SimulatorOptions {
    if (batch < 1 || inFlight < 1) {
      throw new IllegalArgumentException("batch and inFlight: must be 1 or more");
    }
    if (timeout.isZero()) {
      throw new IllegalArgumentException("timeout: must be longer than nothing");
    }
    if (crashAt != null && !crashAt.equals(BEFORE) && !crashAt.equals(AFTER)) {
      throw new IllegalArgumentException("crashAt: must be " + BEFORE + " or " + AFTER);
    }
  }

  /** The same settings with those of a role. */
  SimulatorOptions as(SimulatorFactory.Role role) {
    return new SimulatorOptions(
        batch,
        gather,
        role.inFlight(),
        role.latency(),
        new Outcomes.Rates(role.failRate(), rates.throttle(), rates.unavailable(), rates.noReply()),
        role.seed(),
        role.timeout(),
        sink,
        crashAt,
        crashRate);
  }

  static SimulatorOptions of(VendorSettings settings) {
    return new SimulatorOptions(
        settings.integer("batch"),
        settings.duration("gather"),
        settings.integer("inFlight"),
        settings.duration("latency"),
        new Outcomes.Rates(
            settings.share("failRate"),
            settings.share("throttleRate"),
            settings.share("unavailableRate"),
            settings.share("noReplyRate")),
        settings.integer("seed"),
        settings.duration("timeout"),
        settings.optionalUri("sink").orElse(null),
        settings.optionalText("crashAt").orElse(null),
        settings.share("crashRate"));
  }
}
