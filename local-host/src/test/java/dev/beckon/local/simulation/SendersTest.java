package dev.beckon.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.config.ConfigKey;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.installation.EnvironmentFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Senders in processes of their own on one installation, whose far end counts what reached it: the
 * commands' own words are compared with that.
 */
class SendersTest {
  private static final int MESSAGES = 300;

  @TempDir Path folder;
  private LocalCloud<AwsSide> cloud;
  private Path clock;

  @BeforeEach
  void start() throws Exception {
    cloud =
        LocalCloud.start(
            LocalCloud.Options.in(folder.resolve("cloud")),
            () -> AwsSide.start(Duration.ofSeconds(30), 1));
    clock = Files.write(folder.resolve("clock"), new byte[Long.BYTES]);
    Map<String, String> variables = new HashMap<>(cloud.workerEnvironment());
    variables.put(ConfigKey.CLOCK_FILE.variable(), clock.toString());
    new EnvironmentFile(folder.resolve("cloud.env")).write(variables);
    ObjectNode account =
        (ObjectNode)
            JsonMapper.builder()
                .build()
                .readTree(
                    cloud
                        .application()
                        .stores()
                        .accounts()
                        .written(new Alerts(cloud.application()).account().id())
                        .orElseThrow()
                        .json());
    ObjectNode network = (ObjectNode) account.path("vendorAccounts").path("network");
    ((ObjectNode) network.path("settings")).put("sink", cloud.simulator().url().toString());
    cloud.application().configure(account.toString());
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private Typed beckon(String... arguments) throws IOException {
    String[] all = new String[arguments.length + 1];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--env=cloud.env";
    return Typed.in(folder, all);
  }

  private void produce() throws Exception {
    try (Typed produce = beckon("produce", "-m", "" + MESSAGES, "--seed", "7")) {
      assertThat(produce.code()).as(produce.text()).isZero();
      assertThat(produce.text()).contains("accepted 300, refused 0 in", "seed 7");
    }
  }

  private long in(InvitationState state) {
    return cloud
        .application()
        .stores()
        .search()
        .counts(Alerts.search(Set.of()), "")
        .getOrDefault(state, 0L);
  }

  /** A figure of a summary. */
  private static long said(Typed typed, String name) {
    Matcher matcher =
        Pattern.compile("(?m)^" + name + " +([0-9,]+)( [(].*)?$").matcher(typed.text());
    assertThat(matcher.find()).as(typed.text()).isTrue();
    return Long.parseLong(matcher.group(1).replace(",", ""));
  }

  @Test
  void send_severalAtOnce_shareTheWorkAndSendEachMessageOnce() throws Exception {
    produce();
    try (Typed monitor = beckon("monitor", "-t", "0.5", "--chart", "run.html");
        Typed one = beckon("send", "-w", "40ms", "-f", "0.1", "--seed", "1");
        Typed two = beckon("send", "-w", "40ms", "-f", "0.1", "--seed", "1")) {
      assertThat(one.code()).as(one.text()).isZero();
      assertThat(two.code()).as(two.text()).isZero();
      assertThat(monitor.code()).as(monitor.text()).isZero();

      assertThat(said(one, "sent") + said(two, "sent")).isEqualTo(in(InvitationState.SENT));
      assertThat(said(one, "failed") + said(two, "failed")).isEqualTo(in(InvitationState.FAILED));
      assertThat(said(one, "sent")).isPositive();
      assertThat(said(two, "sent")).isPositive();
      assertThat(in(InvitationState.SENT) + in(InvitationState.FAILED)).isEqualTo(MESSAGES);
      assertThat(in(InvitationState.FAILED)).isBetween(10L, 60L);
      assertThat(monitor.text())
          .contains("sent " + in(InvitationState.SENT) + "  failed " + in(InvitationState.FAILED))
          .contains("every message is final");
      assertThat(monitor.text()).containsPattern("mean [1-9][0-9.]+ ms a message");
    }
    assertThat(cloud.simulator().ledger().repeated()).isEmpty();
    assertThat(cloud.simulator().ledger().distinct()).isEqualTo((int) in(InvitationState.SENT));
    assertThat(folder.resolve("run.html"))
        .content()
        .contains("300 of 300 messages")
        .doesNotContain("+1");
  }

  @Test
  void send_oneKilled_othersFinishAndNothingGoesOutTwice() throws Exception {
    produce();
    try (Typed killed = beckon("send", "-w", "60ms", "-f", "0", "--concurrency", "4")) {
      until(() -> in(InvitationState.SENDING) > 0 && in(InvitationState.SENT) > 0);
      killed.kill();
    }
    long inItsHands = in(InvitationState.SENDING);
    Files.write(
        clock, ByteBuffer.allocate(Long.BYTES).putLong(Duration.ofMinutes(2).toMillis()).array());

    try (Typed other = beckon("send", "-w", "1ms", "-f", "0", "--concurrency", "4")) {
      assertThat(other.code()).as(other.text()).isZero();
    }

    assertThat(inItsHands).isBetween(1L, 8L);
    assertThat(in(InvitationState.IN_DOUBT)).isEqualTo(inItsHands);
    assertThat(in(InvitationState.SENT)).isEqualTo(MESSAGES - inItsHands);
    assertThat(cloud.simulator().ledger().repeated()).isEmpty();
    try (Typed monitor = beckon("monitor", "-t", "0.2", "--chart", "killed.png")) {
      assertThat(monitor.code()).as(monitor.text()).isZero();
      assertThat(monitor.text()).contains("in doubt " + inItsHands);
    }
    assertThat(folder.resolve("killed.png")).isNotEmptyFile();
  }

  @Test
  void send_tooManyFail_endsWithThreeAndLeavesTheRest() throws Exception {
    produce();
    try (Typed send =
        beckon("send", "-w", "5ms", "-f", "1", "--stop-at-failure-rate", "0.5", "--seed", "1")) {
      assertThat(send.code()).as(send.text()).isEqualTo(3);
      assertThat(send.text()).contains("the failure rate reached 0.5");
      assertThat(said(send, "failed")).isGreaterThanOrEqualTo(Sender.FEWEST_FOR_A_RATE);
    }
    assertThat(in(InvitationState.SENDING)).isZero();
    assertThat(in(InvitationState.ACCEPTED)).isPositive();
  }

  @Test
  void send_interrupted_settlesWhatItHasInHand() throws Exception {
    produce();
    try (Typed send = beckon("send", "-w", "50ms", "-f", "0", "-c", "2")) {
      until(() -> in(InvitationState.SENT) > 0);
      send.interrupt();
      assertThat(send.code()).as(send.text()).isEqualTo(143);
      assertThat(send.text()).contains("interrupted; the rest waits for other senders");
      assertThat(said(send, "sent")).isEqualTo(in(InvitationState.SENT));
    }
    assertThat(in(InvitationState.SENDING)).isZero();
    assertThat(in(InvitationState.IN_DOUBT)).isZero();
    assertThat(in(InvitationState.ACCEPTED)).isPositive();
  }

  @Test
  void monitor_interrupted_stillDrawsTheChart() throws Exception {
    produce();
    try (Typed monitor = beckon("monitor", "-t", "0.2", "--chart", "half.html")) {
      monitor.says("waiting 300").interrupt();
      assertThat(monitor.code()).isEqualTo(143);
      assertThat(monitor.text()).contains("interrupted; messages are left", "half.html");
    }
    assertThat(folder.resolve("half.html")).content().contains("0 of 300 messages");
  }

  @Test
  void send_installationOfOthers_isRefused() throws Exception {
    String account =
        cloud.application().stores().accounts().written(Alerts.NAME).orElseThrow().json();
    cloud.application().configure(account.replace("\"id\":\"sms-alerts\"", "\"id\":\"acme\""));

    try (Typed send = beckon("send")) {
      assertThat(send.code()).isEqualTo(1);
      assertThat(send.text())
          .contains("this installation also serves acme", "give the simulation a database");
    }
  }

  private static void until(BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
