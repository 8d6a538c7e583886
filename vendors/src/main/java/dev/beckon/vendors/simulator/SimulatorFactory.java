package dev.beckon.vendors.simulator;

import dev.beckon.invitation.Channel;
import dev.beckon.vendor.Setting;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The simulator: for demonstrations, load and fault tests. */
public final class SimulatorFactory implements VendorFactory {
  private final @Nullable Role role;

  public SimulatorFactory() {
    this(null);
  }

  /** Its simulators play this role, whatever the account says. */
  public SimulatorFactory(@Nullable Role role) {
    this.role = role;
  }

  /**
   * What a process plays by its own choice.
   *
   * @param latency mean time of a call
   * @param failRate share of recipients refused for good
   */
  public record Role(Duration latency, double failRate, int inFlight, Duration timeout, int seed) {}

  @Override
  public String name() {
    return "simulator";
  }

  @Override
  public Set<Channel> channels() {
    return Set.of(Channel.EMAIL, Channel.SMS, Channel.VOICE);
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        with("batch", Setting.Type.INTEGER, "1", "messages a call takes; 1 is single-send"),
        with(
            "gather",
            Setting.Type.DURATION,
            "PT0S",
            "how long single messages wait for others, where a call takes several"),
        with("inFlight", Setting.Type.INTEGER, "64", "calls at once"),
        with("latency", Setting.Type.DURATION, "PT0S", "mean time of a call, log-normal"),
        with("failRate", Setting.Type.SHARE, "0", "share of recipients refused for good"),
        with("throttleRate", Setting.Type.SHARE, "0", "share of tries told to slow down"),
        with("unavailableRate", Setting.Type.SHARE, "0", "share of tries met by an outage"),
        with(
            "noReplyRate",
            Setting.Type.SHARE,
            "0",
            "share of tries without an answer; half of them did arrive"),
        with("seed", Setting.Type.INTEGER, "1", "what every draw follows from"),
        with("timeout", Setting.Type.DURATION, "PT30S", "bound of a whole call"),
        Setting.optional(
            "sink", Setting.Type.URI, "a URL that is posted every message accepted, as JSON"),
        Setting.optional(
            "crashAt",
            Setting.Type.TEXT,
            "for fault tests only: before-send or after-send, where the process halts"),
        with("crashRate", Setting.Type.SHARE, "0", "for fault tests only: share of calls halted"));
  }

  @Override
  public Vendor create(VendorSettings settings) {
    SimulatorOptions options = SimulatorOptions.of(settings);
    return new Simulator(
        role == null ? options : options.as(role),
        ThreadLocalRandom.current()::nextDouble,
        () -> Runtime.getRuntime().halt(137));
  }

  private static Setting with(String name, Setting.Type type, String fallback, String meaning) {
    return Setting.withDefault(name, type, fallback, meaning);
  }
}
