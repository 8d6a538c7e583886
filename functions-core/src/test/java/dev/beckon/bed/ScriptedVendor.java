package dev.beckon.bed;

import dev.beckon.invitation.Channel;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Setting;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import dev.beckon.vendor.VendorTraits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A vendor that gives the results a test wrote down for each reference, in order, and accepts what
 * has none. It records what it was given. Thread-safe.
 */
public final class ScriptedVendor implements Vendor, VendorFactory {

  /** What a test does inside a call: block, throw, move the clock. */
  public interface Meanwhile {
    void during(List<OutboundMessage> batch);
  }

  private final String name;
  private final Map<String, Deque<SendResult>> script = new HashMap<>();
  private final List<OutboundMessage> given = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile Meanwhile meanwhile = batch -> {};
  private volatile UnaryOperator<List<SendResult>> answer = results -> results;
  private volatile VendorTraits traits = VendorTraits.none();
  private volatile int maxBatch = 100;
  private volatile boolean sharedMail;
  private volatile Duration gather = Duration.ZERO;

  public ScriptedVendor(String name) {
    this.name = name;
  }

  /** What the next sends of this reference end in. */
  public synchronized void answers(String reference, SendResult... results) {
    script.computeIfAbsent(reference, any -> new ArrayDeque<>()).addAll(List.of(results));
  }

  public void meanwhile(Meanwhile meanwhile) {
    this.meanwhile = meanwhile;
  }

  /** Spoils the list of results. */
  public void reshape(UnaryOperator<List<SendResult>> answer) {
    this.answer = answer;
  }

  public void traits(VendorTraits traits) {
    this.traits = traits;
  }

  public void gather(Duration wait) {
    this.gather = wait;
  }

  public void maxBatch(int most) {
    this.maxBatch = most;
  }

  /** Takes mails as what many share and the values of each. */
  public void takeSharedMail() {
    this.sharedMail = true;
  }

  /** Every message it was given, in order. */
  public synchronized List<OutboundMessage> given() {
    return List.copyOf(given);
  }

  /** The references it was given, in order. */
  public List<String> references() {
    return given().stream().map(OutboundMessage::reference).toList();
  }

  /** Calls of {@link #send} under way. */
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public List<SendResult> send(List<OutboundMessage> messages) {
    inFlight.incrementAndGet();
    try {
      synchronized (this) {
        given.addAll(messages);
      }
      meanwhile.during(messages);
      return answer.apply(messages.stream().map(this::next).toList());
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private synchronized SendResult next(OutboundMessage message) {
    Deque<SendResult> rest = script.get(message.reference());
    return rest == null || rest.isEmpty()
        ? SendResult.accepted("v-" + message.reference())
        : rest.removeFirst();
  }

  @Override
  public int maxBatch() {
    return maxBatch;
  }

  @Override
  public boolean takesSharedMail() {
    return sharedMail;
  }

  @Override
  public int maxInFlight() {
    return 4;
  }

  @Override
  public Duration gather() {
    return gather;
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(10);
  }

  @Override
  public void close() {}

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Channel> channels() {
    return Set.of(Channel.EMAIL, Channel.SMS);
  }

  @Override
  public List<Setting> settings() {
    return List.of(Setting.optional("key", Setting.Type.SECRET, "what it is told on building"));
  }

  @Override
  public VendorTraits traits() {
    return traits;
  }

  @Override
  public synchronized Vendor create(VendorSettings settings) {
    settings.optionalSecret("key").ifPresent(key -> keys.add(key.reveal()));
    return this;
  }

  /** The keys it was built with, in order. */
  public synchronized List<String> keys() {
    return List.copyOf(keys);
  }
}
