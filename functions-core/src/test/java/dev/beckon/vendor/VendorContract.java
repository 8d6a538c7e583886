package dev.beckon.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.beckon.account.Secret;
import dev.beckon.account.Secrets;
import dev.beckon.invitation.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every vendor keeps, checked against a loopback peer. A vendor's test supplies the factory, a
 * peer and settings that lead to it; abilities default to true, and opting out takes a line.
 */
public abstract class VendorContract {

  /** What every secret reference resolves to; no text may ever show it. */
  protected static final String CANARY = "canary-s3cret-value";

  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(700);

  /** Generous for a busy machine, and far below what a lost time-out would take. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private static final int LARGEST_BATCH_TRIED = 2_000;
  private static final Secrets SECRETS = reference -> new Secret(CANARY);

  private final List<Vendor> built = new ArrayList<>();
  private VendorPeer peer;

  protected abstract VendorFactory factory();

  protected abstract VendorPeer startPeer();

  /**
   * Settings complete for every required one, leading to the peer.
   *
   * @param timeout what {@link Vendor#timeout()} must then be
   */
  protected abstract Map<String, String> settings(VendorPeer peer, Duration timeout);

  protected Channel channel() {
    return factory().channels().iterator().next();
  }

  /** Whether single HTTP statuses can be asked of the peer. */
  protected boolean speaksHttp() {
    return true;
  }

  /** Whether the vendor's answer can refuse one recipient and accept the next. */
  protected boolean refusesOneRecipient() {
    return true;
  }

  /** Whether the vendor has credentials. */
  protected boolean hasCredentials() {
    return true;
  }

  @BeforeEach
  void start() {
    peer = startPeer();
  }

  @AfterEach
  void stop() {
    built.forEach(Vendor::close);
    peer.close();
  }

  @Test
  void send_fullBatch_everyMessageAcceptedOnceInOrder() {
    Vendor vendor = vendor(AMPLE);
    List<OutboundMessage> messages = batch(vendor);

    List<SendResult> results = vendor.send(messages);

    assertThat(results).hasSameSizeAs(messages).allMatch(r -> r.code() == SendCode.ACCEPTED);
    assertThat(peer.accepted())
        .extracting(VendorPeer.Received::reference)
        .containsExactlyElementsOf(messages.stream().map(OutboundMessage::reference).toList());
    assertThat(peer.accepted())
        .extracting(VendorPeer.Received::to)
        .containsExactlyElementsOf(messages.stream().map(m -> m.to().address()).toList());
  }

  @Test
  void send_fullBatch_noRequestExceedsMaxBatch() {
    Vendor vendor = vendor(AMPLE);

    vendor.send(batch(vendor));

    Map<Integer, Integer> sizes = new HashMap<>();
    peer.accepted().forEach(message -> sizes.merge(message.request(), 1, Integer::sum));
    assertThat(sizes.values()).isNotEmpty().allMatch(size -> size <= vendor.maxBatch());
  }

  @Test
  void send_noneOrTooMany_refusedAsBug() {
    Vendor vendor = vendor(AMPLE);

    assertThatIllegalArgumentException().isThrownBy(() -> vendor.send(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vendor.send(SampleMessages.of(channel(), vendor.maxBatch() + 1)));
    assertThat(peer.accepted()).isEmpty();
  }

  @Test
  void send_oneRecipientRefused_othersAcceptedInPlace() {
    assumeTrue(refusesOneRecipient());
    Vendor vendor = vendor(AMPLE);
    List<OutboundMessage> messages = SampleMessages.of(channel(), 3);
    peer.refuse(messages.get(1).to().address());

    List<SendResult> results = new ArrayList<>();
    if (vendor.maxBatch() >= 3) {
      results.addAll(vendor.send(messages));
    } else {
      messages.forEach(message -> results.addAll(vendor.send(List.of(message))));
    }

    assertThat(results)
        .extracting(SendResult::code)
        .containsExactly(SendCode.ACCEPTED, SendCode.BAD_RECIPIENT, SendCode.ACCEPTED);
    assertThat(results.get(1).reason()).doesNotContain(messages.get(1).to().address());
  }

  @Test
  void send_textBeyondAscii_arrivesWhole() {
    vendor(AMPLE).send(SampleMessages.of(channel(), 1));

    assertThat(peer.accepted())
        .singleElement()
        .extracting(VendorPeer.Received::text)
        .asString()
        .contains(SampleMessages.GREETING);
  }

  @Test
  void send_fromManyThreads_eachGetsItsOwnResults() throws Exception {
    Vendor vendor = vendor(AMPLE);
    int threads = Math.min(vendor.maxInFlight(), 8);
    List<Future<List<SendResult>>> calls = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int row = 0; row < 3 * threads; row++) {
        List<OutboundMessage> message = List.of(SampleMessages.one(channel(), row));
        calls.add(executor.submit(() -> vendor.send(message)));
      }
    }

    for (Future<List<SendResult>> call : calls) {
      assertThat(call.get())
          .singleElement()
          .extracting(SendResult::code)
          .isEqualTo(SendCode.ACCEPTED);
    }
    assertThat(peer.accepted())
        .extracting(VendorPeer.Received::reference)
        .doesNotHaveDuplicates()
        .hasSize(3 * threads);
  }

  @ParameterizedTest
  @CsvSource({
    "400, DROP",
    "401, FIX_CONFIGURATION",
    "403, FIX_CONFIGURATION",
    "408, RETRY",
    "429, RETRY",
    "500, RETRY",
    "502, ASK_A_HUMAN",
    "503, RETRY",
    "504, ASK_A_HUMAN"
  })
  void send_httpStatus_judged(int status, Verdict verdict) {
    assumeTrue(speaksHttp());
    peer.status(status);

    assertThat(sendOne(vendor(AMPLE)).code().verdict()).isEqualTo(verdict);
  }

  @Test
  void send_throttled_returnsTheAttempt() {
    peer.mood(VendorPeer.Mood.THROTTLE);

    SendResult result = sendOne(vendor(AMPLE));

    assertThat(result.code()).isEqualTo(SendCode.THROTTLED);
    if (speaksHttp()) {
      assertThat(result.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }
  }

  @Test
  void send_peerOutOfOrder_unavailable() {
    peer.mood(VendorPeer.Mood.UNAVAILABLE);

    assertThat(sendOne(vendor(AMPLE)).code()).isEqualTo(SendCode.UNAVAILABLE);
  }

  @Test
  void send_garbledAnswer_unclearNotAccepted() {
    peer.mood(VendorPeer.Mood.GARBLE);

    assertThat(sendOne(vendor(AMPLE)).code()).isEqualTo(SendCode.UNCLEAR_REPLY);
  }

  @Test
  void send_connectionRefused_safeToRetry() {
    Vendor vendor = vendor(AMPLE);
    peer.close();

    assertThat(sendOne(vendor).code()).isEqualTo(SendCode.UNAVAILABLE);
  }

  @Test
  void send_hangUpAfterRequest_inDoubtAndHealsLater() {
    Vendor vendor = vendor(AMPLE);
    peer.mood(VendorPeer.Mood.HANG_UP);

    assertThat(sendOne(vendor).code()).isEqualTo(SendCode.NO_REPLY);

    peer.mood(VendorPeer.Mood.ACCEPT);
    assertThat(sendOne(vendor).code()).isEqualTo(SendCode.ACCEPTED);
  }

  @Test
  void send_peerNeverAnswers_inDoubtWithinTimeout() {
    Vendor vendor = vendor(SHORT);
    assertThat(vendor.timeout()).isEqualTo(SHORT);
    peer.mood(VendorPeer.Mood.HANG);

    long start = System.nanoTime();
    SendResult result = sendOne(vendor);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plus(SLACK));
    assertThat(result.code()).isEqualTo(SendCode.NO_REPLY);
  }

  @Test
  void send_peerNeverAnswersBatch_everyMessageHasASafeResult() {
    Vendor vendor = vendor(SHORT);
    List<OutboundMessage> messages = batch(vendor);
    peer.mood(VendorPeer.Mood.HANG);

    assertThat(vendor.send(messages))
        .hasSameSizeAs(messages)
        .extracting(result -> result.code().verdict())
        .isSubsetOf(Verdict.ASK_A_HUMAN, Verdict.RETRY)
        .first()
        .isEqualTo(Verdict.ASK_A_HUMAN);
  }

  @Test
  void send_wrongCredentials_blamesConfigurationAndShowsNoSecret() {
    assumeTrue(hasCredentials());
    peer.mood(VendorPeer.Mood.WRONG_CREDENTIALS);
    Vendor vendor = vendor(AMPLE);

    SendResult result = sendOne(vendor);

    assertThat(result.code()).isEqualTo(SendCode.BAD_CONFIGURATION);
    assertThat(result + vendor.toString()).doesNotContain(CANARY);
  }

  @Test
  void settings_complete_soundAndWithoutSecretsInTheirText() {
    Map<String, String> configured = settings(peer, AMPLE);

    assertThat(VendorSettings.problems(factory().settings(), configured)).isEmpty();
    assertThat(VendorSettings.read(factory().settings(), configured, SECRETS).toString())
        .doesNotContain(CANARY);
  }

  @Test
  void settings_requiredOneMissing_namedInProblem() {
    for (Setting setting : factory().settings()) {
      if (setting.required()) {
        Map<String, String> configured = new HashMap<>(settings(peer, AMPLE));
        configured.remove(setting.name());

        Throwable thrown =
            catchThrowable(() -> VendorSettings.read(factory().settings(), configured, SECRETS));

        assertThat(thrown)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(setting.name());
      }
    }
  }

  @Test
  void settings_secretGivenInsteadOfReference_refusedWithoutRepeatingIt() {
    for (Setting setting : factory().settings()) {
      if (setting.type() == Setting.Type.SECRET) {
        Map<String, String> configured = new HashMap<>(settings(peer, AMPLE));
        configured.put(setting.name(), CANARY);

        assertThat(VendorSettings.problems(factory().settings(), configured))
            .singleElement()
            .asString()
            .contains(setting.name())
            .doesNotContain(CANARY);
      }
    }
  }

  @Test
  void close_twice_quiet() {
    Vendor vendor = vendor(AMPLE);
    sendOne(vendor);

    vendor.close();
    vendor.close();
  }

  /** A vendor over the running peer, closed after the test. */
  protected final Vendor vendor(Duration timeout) {
    VendorFactory factory = factory();
    Vendor vendor =
        factory.create(VendorSettings.read(factory.settings(), settings(peer, timeout), SECRETS));
    built.add(vendor);
    return vendor;
  }

  private SendResult sendOne(Vendor vendor) {
    List<SendResult> results = vendor.send(SampleMessages.of(channel(), 1));
    assertThat(results).hasSize(1);
    assertThat(results.get(0).toString()).doesNotContain(CANARY);
    return results.get(0);
  }

  private List<OutboundMessage> batch(Vendor vendor) {
    return SampleMessages.of(channel(), Math.min(vendor.maxBatch(), LARGEST_BATCH_TRIED));
  }
}
