package dev.beckon.vendors.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.beckon.invitation.Channel;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SampleMessages;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorSettings;
import dev.beckon.vendor.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatorTest {
  private final SimulatorFactory factory = new SimulatorFactory();

  @Test
  void send_defaults_everythingAccepted() {
    try (Vendor vendor = vendor(Map.of())) {
      assertThat(vendor.maxBatch()).isEqualTo(1);
      assertThat(vendor.maxInFlight()).isEqualTo(64);
      assertThat(codes(vendor, 100)).containsOnly(SendCode.ACCEPTED);
    }
  }

  @Test
  void send_sameSeed_sameOutcomes() {
    Map<String, String> mixed = Map.of("failRate", "0.2", "throttleRate", "0.2", "seed", "7");
    try (Vendor first = vendor(mixed);
        Vendor second = vendor(mixed)) {
      assertThat(codes(first, 300)).isEqualTo(codes(second, 300));
    }
  }

  @Test
  void send_rates_metWithinChance() {
    try (Vendor vendor = vendor(Map.of("failRate", "0.1", "noReplyRate", "0.1"))) {
      List<SendCode> codes = codes(vendor, 5_000);

      assertThat(codes.stream().filter(SendCode.BAD_RECIPIENT::equals).count())
          .isBetween(400L, 600L);
      assertThat(codes.stream().filter(SendCode.NO_REPLY::equals).count()).isBetween(350L, 550L);
    }
  }

  @Test
  void send_transientOutcomes_passWithRepetition() {
    try (Vendor vendor = vendor(Map.of("throttleRate", "0.5", "unavailableRate", "0.3"))) {
      OutboundMessage message = SampleMessages.one(Channel.SMS, 1);

      assertThat(
              IntStream.range(0, 200)
                  .mapToObj(i -> vendor.send(List.of(message)).get(0).code())
                  .toList())
          .contains(SendCode.ACCEPTED);
    }
  }

  @Test
  void send_permanentRefusal_staysRefused() {
    try (Vendor vendor = vendor(Map.of("failRate", "0.5"))) {
      assertThat(codes(vendor, 200)).isEqualTo(codes(vendor, 200));
    }
  }

  @Test
  void send_latencyBeyondTimeout_noReply() {
    try (Vendor vendor = vendor(Map.of("latency", "PT1M", "timeout", "PT0.05S"))) {
      assertThat(vendor.send(SampleMessages.of(Channel.SMS, 1)))
          .extracting(result -> result.code().verdict())
          .containsOnly(Verdict.ASK_A_HUMAN);
    }
  }

  @Test
  void send_crashPoint_haltsThere() {
    List<String> halted = new ArrayList<>();
    VendorSettings settings = read(Map.of("crashAt", "after-send", "crashRate", "0.5"));
    try (Vendor unlucky =
            new Simulator(SimulatorOptions.of(settings), () -> 0.4, () -> halted.add("unlucky"));
        Vendor lucky =
            new Simulator(SimulatorOptions.of(settings), () -> 0.6, () -> halted.add("lucky"))) {
      unlucky.send(SampleMessages.of(Channel.SMS, 1));
      lucky.send(SampleMessages.of(Channel.SMS, 1));
    }

    assertThat(halted).containsExactly("unlucky");
  }

  @Test
  void create_impossibleSettings_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vendor(Map.of("throttleRate", "0.6", "noReplyRate", "0.6")))
        .withMessageContaining("throttleRate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vendor(Map.of("crashAt", "lunch")))
        .withMessageContaining("crashAt");
  }

  private Vendor vendor(Map<String, String> configured) {
    return factory.create(read(configured));
  }

  private VendorSettings read(Map<String, String> configured) {
    return VendorSettings.read(
        factory.settings(),
        configured,
        reference -> {
          throw new AssertionError("no secrets here");
        });
  }

  private static List<SendCode> codes(Vendor vendor, int count) {
    return SampleMessages.of(Channel.SMS, count).stream()
        .flatMap(message -> vendor.send(List.of(message)).stream())
        .map(SendResult::code)
        .toList();
  }
}
