package dev.beckon.local.simulation;

import dev.beckon.invitation.Channel;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Setting;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorCatalog;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import dev.beckon.vendor.VendorTraits;
import dev.beckon.vendors.Vendors;
import dev.beckon.vendors.simulator.SimulatorFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * The simulator as one sender plays it, and the count of what it did. Thread-safe.
 *
 * <p>Waits and failures are the sender's own and not the account's: senders of different speed may
 * work beside each other.
 */
final class SimulatedNetwork implements VendorFactory {
  /** The vendor's name in accounts. */
  static final String VENDOR = "simulator";

  private final SimulatorFactory simulator;
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder other = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  SimulatedNetwork(SimulatorFactory.Role role) {
    this.simulator = new SimulatorFactory(role);
  }

  /**
   * What was done so far.
   *
   * @param other neither sent nor refused
   * @param waited all calls together
   */
  record Done(long sent, long failed, long other, Duration waited) {

    long tried() {
      return sent + failed + other;
    }

    /** The share of failures among what was sent or failed. */
    double failureRate() {
      return sent + failed == 0 ? 0 : failed / (double) (sent + failed);
    }

    double meanMillis() {
      return tried() == 0 ? 0 : waited.toNanos() / 1e6 / tried();
    }
  }

  Done done() {
    return new Done(sent.sum(), failed.sum(), other.sum(), Duration.ofNanos(nanos.sum()));
  }

  /** All vendors, this one in the simulator's place. */
  VendorCatalog catalog() {
    VendorCatalog known = Vendors.catalog();
    List<VendorFactory> factories = new ArrayList<>();
    for (String name : known.names()) {
      factories.add(name.equals(VENDOR) ? this : known.find(name).orElseThrow());
    }
    return new VendorCatalog(factories);
  }

  @Override
  public String name() {
    return simulator.name();
  }

  @Override
  public Set<Channel> channels() {
    return simulator.channels();
  }

  @Override
  public List<Setting> settings() {
    return simulator.settings();
  }

  @Override
  public VendorTraits traits() {
    return simulator.traits();
  }

  @Override
  public Vendor create(VendorSettings settings) {
    return new Counted(simulator.create(settings));
  }

  private final class Counted implements Vendor {
    private final Vendor vendor;

    Counted(Vendor vendor) {
      this.vendor = vendor;
    }

    @Override
    public int maxBatch() {
      return vendor.maxBatch();
    }

    @Override
    public int maxInFlight() {
      return vendor.maxInFlight();
    }

    @Override
    public Duration timeout() {
      return vendor.timeout();
    }

    @Override
    public List<SendResult> send(List<OutboundMessage> messages) {
      long begun = System.nanoTime();
      List<SendResult> results = vendor.send(messages);
      nanos.add((System.nanoTime() - begun) * results.size());
      results.forEach(result -> counter(result.code()).increment());
      return results;
    }

    @Override
    public void close() {
      vendor.close();
    }
  }

  private LongAdder counter(SendCode code) {
    return switch (code) {
      case ACCEPTED -> sent;
      case BAD_RECIPIENT, BAD_CONTENT, BAD_CONFIGURATION -> failed;
      case THROTTLED, UNAVAILABLE, NO_REPLY, UNCLEAR_REPLY, NOT_STARTED -> other;
    };
  }
}
