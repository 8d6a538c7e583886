package dev.beckon.aws.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.aws.platform.JsonService.Refusal;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.privacy.ServiceKeysContract;
import dev.beckon.s3.TestCredentials;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

class KmsKeysTest extends ServiceKeysContract {
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

  @Override
  protected KeyWrapper wrapper() {
    return new KmsKeys(client, first, clock());
  }

  @Override
  protected KeyWrapper other() {
    return new KmsKeys(client, second, clock());
  }

  @Override
  protected List<String> calls() {
    return service.calls;
  }

  @Override
  protected List<String> wrapAndUnwrap() {
    return List.of("Encrypt", "Decrypt");
  }

  @Override
  protected List<String> refusals() {
    return List.of(
        "AccessDeniedException",
        "ThrottlingException",
        "DisabledException",
        "KMSInvalidStateException",
        "KMSInternalException");
  }

  @Override
  protected void refuse(String kind) {
    service.outage = new Refusal(kind.equals("KMSInternalException") ? 500 : 400, kind, "no");
  }

  @Override
  protected void mend() {
    service.outage = null;
  }

  @Override
  protected void deleteKey() {
    service.delete(first);
  }

  @Override
  protected void closeService() {
    service.close();
  }

  @Test
  void wrapAndUnwrap_always_sayAccountAndDayToTheTrail() {
    LocalDate day = LocalDate.of(2026, 3, 2);
    wrapper().unwrap("acme", day, wrapper().wrap("acme", day, new byte[32]));

    assertThat(service.trail)
        .extracting(KmsService.Use::operation)
        .containsExactly("Encrypt", "Decrypt");
    assertThat(service.trail)
        .allSatisfy(use ->
            assertThat(use.context())
                .contains("\"beckon:account\":\"acme\"", "\"beckon:day\":\"2026-03-02\""));
    assertThat(service.trail).extracting(KmsService.Use::key).containsOnly(first);
  }
}
