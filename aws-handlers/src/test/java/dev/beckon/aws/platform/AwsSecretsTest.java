package dev.beckon.aws.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.account.CachedSecrets;
import dev.beckon.account.SecretMissingException;
import dev.beckon.account.SecretUnreachableException;
import dev.beckon.account.Secrets;
import dev.beckon.account.SecretsContract;
import dev.beckon.aws.platform.JsonService.Refusal;
import dev.beckon.bed.TestClock;
import dev.beckon.s3.TestCredentials;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsSecretsTest extends SecretsContract {
  private static final URI MAIL = URI.create("secret://mail");
  private static final Refusal DOWN = new Refusal(500, "InternalServiceError", "down");

  private final TestClock clock = new TestClock();
  private SecretsService service;
  private SecretsManagerClient client;
  private Secrets secrets;

  @BeforeEach
  void start() throws IOException {
    service = new SecretsService();
    client =
        AwsClients.secrets(Optional.of(service.endpoint()))
            .credentialsProvider(TestCredentials.PROVIDER)
            .build();
    secrets = new CachedSecrets(new AwsSecrets(client, "beckon-dev/"), clock);
  }

  @AfterEach
  void stop() {
    client.close();
    service.close();
  }

  @Override
  protected Secrets secrets() {
    return secrets;
  }

  @Override
  protected void put(String name, String value) {
    service.values.put("beckon-dev/" + name, value);
  }

  @Override
  protected void advance(Duration by) {
    clock.advance(by);
  }

  private String mail() {
    return secrets.resolve(MAIL).reveal();
  }

  @Test
  void resolve_withinFiveMinutes_asksOnce() {
    put("mail", "one");
    mail();
    clock.advance(Duration.ofSeconds(299));

    assertThat(mail()).isEqualTo("one");
    assertThat(service.calls).containsExactly("GetSecretValue");
  }

  @Test
  void resolve_storedFromAFile_losesTheLastLineBreakOnly() {
    put("mail", " one\n\r\n");

    assertThat(mail()).isEqualTo(" one\n");
  }

  @Test
  void resolve_missingDeniedDeletedThrottled_areToldApart() {
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretMissingException.class)
        .hasMessageContainingAll("secret://mail", "beckon-dev/mail is not there");
    clock.advance(Duration.ofSeconds(10));

    service.deleted.add("beckon-dev/mail");
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretMissingException.class)
        .hasMessageContaining("marked for deletion: restore it");
    clock.advance(Duration.ofSeconds(10));

    service.denied.add("beckon-dev/mail");
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretUnreachableException.class)
        .hasMessageContainingAll("secret://mail", "secretsmanager:GetSecretValue");
    clock.advance(Duration.ofSeconds(10));

    service.outage = new Refusal(400, "ThrottlingException", "Rate exceeded");
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretUnreachableException.class)
        .hasMessageContaining("too often");
    clock.advance(Duration.ofSeconds(10));

    service.close();
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretUnreachableException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void resolve_bytesOrNothingInIt_isMissing() {
    service.bytes.add("beckon-dev/mail");
    put("blank", " \n");

    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretMissingException.class)
        .hasMessageContaining("holds no text");
    assertThatThrownBy(() -> secrets.resolve(URI.create("secret://blank")))
        .isInstanceOf(SecretMissingException.class);
  }

  @Test
  void resolve_serviceDown_keepsTheLastValueForAnHour() {
    put("mail", "one");
    mail();
    service.outage = DOWN;

    clock.advance(Duration.ofMinutes(59));
    assertThat(mail()).isEqualTo("one");

    clock.advance(Duration.ofMinutes(1));
    assertThatThrownBy(this::mail)
        .isInstanceOf(SecretUnreachableException.class)
        .hasMessageContaining("InternalServiceError");

    service.outage = null;
    clock.advance(Duration.ofSeconds(10));
    assertThat(mail()).isEqualTo("one");
  }

  @Test
  void resolve_deletedSinceItWasRead_isMissing() {
    put("mail", "one");
    mail();
    service.values.clear();
    clock.advance(Duration.ofMinutes(5));

    assertThatThrownBy(this::mail).isInstanceOf(SecretMissingException.class);
  }

  @Test
  void resolve_oneSecretFails_othersAreReadAndItIsAskedForSeldom() {
    service.denied.add("beckon-dev/mail");
    put("sms", "two");
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(this::mail).isInstanceOf(SecretUnreachableException.class);
    }

    assertThat(secrets.resolve(URI.create("secret://sms")).reveal()).isEqualTo("two");
    assertThat(service.calls).hasSize(2);
  }

  @Test
  void refresh_againAndAgain_asksOnceInTenSeconds() {
    put("mail", "one");
    mail();
    for (int i = 0; i < 30; i++) {
      clock.advance(Duration.ofSeconds(1));
      secrets.refresh(MAIL);
      mail();
    }

    assertThat(service.calls).hasSize(4);
  }
}
