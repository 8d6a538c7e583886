package dev.beckon.aws.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.aws.platform.JsonService.Refusal;
import dev.beckon.bed.TestClock;
import dev.beckon.memory.MemoryKeyVault;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.privacy.KeyWrapperContract;
import dev.beckon.privacy.KeysUnreachableException;
import dev.beckon.privacy.Sealer;
import dev.beckon.s3.TestCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;

class KmsKeysTest extends KeyWrapperContract {
  private static final byte[] PLAIN = "ada@example.org".getBytes(StandardCharsets.UTF_8);

  private final TestClock clock = new TestClock();
  private final MemoryKeyVault vault = new MemoryKeyVault();
  private KmsService service;
  private KmsClient client;
  private String first;
  private String second;

  @BeforeEach
  void start() throws IOException {
    service = new KmsService();
    first = service.key(1);
    second = service.key(2);
    client =
        AwsClients.kms(Optional.of(service.endpoint()))
            .credentialsProvider(TestCredentials.PROVIDER)
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    service.close();
  }

  private KeyWrapper keys(String arn) {
    return new KmsKeys(client, arn, clock);
  }

  @Override
  protected KeyWrapper wrapper() {
    return keys(first);
  }

  @Override
  protected KeyWrapper other() {
    return keys(second);
  }

  private Sealer process(KeyWrapper... masters) {
    return new Sealer(List.of(masters), vault, clock, new SecureRandom());
  }

  @Test
  void seal_aDayOfRows_callsKmsOnceInEachProcess() {
    Sealer writer = process(wrapper());
    Sealer reader = process(wrapper());
    for (int i = 0; i < 100; i++) {
      assertThat(reader.open("acme", writer.seal("acme", PLAIN))).isEqualTo(PLAIN);
    }

    assertThat(service.trail)
        .extracting(KmsService.Use::operation)
        .containsExactly("Encrypt", "Decrypt");
    assertThat(service.trail)
        .allSatisfy(use ->
            assertThat(use.context())
                .contains("\"beckon:account\":\"acme\"", "\"beckon:day\":\"2026-03-02\""));
  }

  @Test
  void open_keyRotated_opensWhatTheOldOneWrapped() {
    byte[] old = process(keys(first)).seal("acme", PLAIN);
    Sealer rotated = process(keys(second), keys(first));

    assertThat(rotated.open("acme", old)).isEqualTo(PLAIN);
    assertThat(rotated.open("next", rotated.seal("next", PLAIN))).isEqualTo(PLAIN);
    assertThat(service.trail.getLast()).extracting(KmsService.Use::key).isEqualTo(second);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ThrottlingException",
        "AccessDeniedException",
        "DisabledException",
        "KMSInvalidStateException",
        "KMSInternalException"
      })
  void open_kmsRefuses_isUnreachableAndWorksAgainLater(String code) {
    byte[] sealed = process(wrapper()).seal("acme", PLAIN);
    Sealer reader = process(wrapper());
    service.outage = new Refusal(code.equals("KMSInternalException") ? 500 : 400, code, "no");

    assertThatThrownBy(() -> reader.open("acme", sealed))
        .isInstanceOf(KeysUnreachableException.class);

    service.outage = null;
    clock.advance(Duration.ofSeconds(5));
    assertThat(reader.open("acme", sealed)).isEqualTo(PLAIN);
  }

  @Test
  void open_kmsDown_isLeftAloneForFiveSeconds() {
    byte[] sealed = process(wrapper()).seal("acme", PLAIN);
    Sealer reader = process(wrapper());
    service.outage = new Refusal(400, "AccessDeniedException", "no");
    service.calls.clear();
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> reader.open("acme", sealed))
          .isInstanceOf(KeysUnreachableException.class);
    }

    assertThat(service.calls).containsExactly("Decrypt");
  }

  @Test
  void seal_connectionRefused_isUnreachable() {
    service.close();

    assertThatThrownBy(() -> process(wrapper()).seal("acme", PLAIN))
        .isInstanceOf(KeysUnreachableException.class);
  }

  @Test
  void open_keyGoneFromKms_isUnreachableNotErased() {
    byte[] sealed = process(wrapper()).seal("acme", PLAIN);
    service.delete(first);

    assertThatThrownBy(() -> process(wrapper()).open("acme", sealed))
        .isInstanceOf(KeysUnreachableException.class);
  }
}
