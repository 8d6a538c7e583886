package dev.beckon.vendors.simulator;

import dev.beckon.check.Finding;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays a vendor. Crashes alone are not drawn from the seed: a restarted process would die at the
 * same row for ever. Thread-safe.
 */
final class Simulator implements Vendor {
  private static final String SIMULATED = "simulated";

  private final SimulatorOptions options;
  private final Outcomes outcomes;
  private final DoubleSupplier chance;
  private final Runnable halt;
  private final @Nullable Sink sink;

  Simulator(SimulatorOptions options, DoubleSupplier chance, Runnable halt) {
    this.options = options;
    this.outcomes = new Outcomes(options.rates(), options.seed());
    this.chance = chance;
    this.halt = halt;
    this.sink = options.sink() == null ? null : new Sink(options.sink(), options.timeout());
  }

  @Override
  public int maxBatch() {
    return options.batch();
  }

  @Override
  public int maxInFlight() {
    return options.inFlight();
  }

  @Override
  public Duration gather() {
    return options.gather();
  }

  @Override
  public Duration timeout() {
    return options.timeout();
  }

  @Override
  public List<SendResult> send(List<OutboundMessage> messages) {
    if (messages.isEmpty() || messages.size() > maxBatch()) {
      throw new IllegalArgumentException(
          messages.size() + " messages in a call that takes 1 to " + maxBatch());
    }
    long begun = System.nanoTime();
    long end = begun + options.timeout().toNanos();
    crash(SimulatorOptions.BEFORE);
    if (!pause(messages.get(0).reference())) {
      return messages.stream().map(m -> SendResult.of(SendCode.NO_REPLY, SIMULATED)).toList();
    }
    List<Outcomes.Draw> draws = messages.stream().map(m -> outcomes.next(m.reference())).toList();
    List<OutboundMessage> arriving = new ArrayList<>();
    for (int i = 0; i < draws.size(); i++) {
      if (draws.get(i).arrives()) {
        arriving.add(messages.get(i));
      }
    }
    SendResult taken =
        sink == null || arriving.isEmpty()
            ? SendResult.accepted(null)
            : sink.post(arriving, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    crash(SimulatorOptions.AFTER);
    String words = words(System.nanoTime() - begun);
    return draws.stream().map(draw -> result(draw, taken, words)).toList();
  }

  @Override
  public List<Finding> check() {
    return List.of(
        Finding.notice(
            "the simulator sends nothing to anybody",
            "use another vendor where people are to be asked"));
  }

  @Override
  public void close() {
    if (sink != null) {
      sink.close();
    }
  }

  /** Where time is played, the journal tells how long it took. */
  private String words(long nanos) {
    return options.latency().isZero()
        ? SIMULATED
        : String.format(Locale.ROOT, "%s in %.1f ms", SIMULATED, nanos / 1e6);
  }

  private SendResult result(Outcomes.Draw draw, SendResult taken, String words) {
    if (draw.code() != SendCode.ACCEPTED) {
      return SendResult.of(draw.code(), words);
    }
    return taken.code() != SendCode.ACCEPTED || options.latency().isZero()
        ? taken
        : SendResult.of(SendCode.ACCEPTED, words);
  }

  /** Waits out the latency, at most to the time-out; false when that or an interrupt came first. */
  private boolean pause(String reference) {
    long latency = outcomes.latencyNanos(reference, options.latency().toNanos());
    long limit = options.timeout().toNanos();
    if (latency == 0) {
      return true;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(Math.min(latency, limit));
      return latency < limit;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void crash(String point) {
    if (point.equals(options.crashAt()) && chance.getAsDouble() < options.crashRate()) {
      halt.run();
    }
  }
}
