package dev.beckon.aws.platform;

import dev.beckon.account.CachedSecretsContract;
import dev.beckon.account.SecretSource;
import dev.beckon.aws.platform.JsonService.Refusal;
import dev.beckon.s3.TestCredentials;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsSecretsTest extends CachedSecretsContract {
  private static final String PREFIX = "beckon-dev/";

  private SecretsService service;
  private SecretsManagerClient client;
  private SecretSource source;

  @BeforeEach
  void start() throws IOException {
    service = new SecretsService();
    client =
        AwsClients.secrets(Optional.of(service.endpoint()))
            .credentialsProvider(TestCredentials.PROVIDER)
            .build();
    source = new AwsSecrets(client, PREFIX);
  }

  @AfterEach
  void stop() {
    client.close();
    service.close();
  }

  @Override
  protected SecretSource source() {
    return source;
  }

  @Override
  protected List<String> calls() {
    return service.calls;
  }

  @Override
  protected String callFor(String name) {
    return "GetSecretValue";
  }

  @Override
  protected void put(String name, String value) {
    service.values.put(PREFIX + name, value);
  }

  @Override
  protected void remove(String name) {
    service.values.remove(PREFIX + name);
  }

  @Override
  protected void deny(String name) {
    service.denied.add(PREFIX + name);
  }

  @Override
  protected String breakDown() {
    service.outage = new Refusal(500, "InternalServiceError", "down");
    return "InternalServiceError";
  }

  @Override
  protected void mend() {
    service.outage = null;
  }

  @Test
  void resolve_missingDeniedDeletedThrottled_areToldApart() {
    assertMissing("beckon-dev/mail is not there");

    service.deleted.add("beckon-dev/mail");
    assertMissing("marked for deletion: restore it");

    deny("mail");
    assertUnreachable("secretsmanager:GetSecretValue");

    service.outage = new Refusal(400, "ThrottlingException", "Rate exceeded");
    assertUnreachable("too often");

    service.close();
    assertUnreachable("cannot be reached");
  }

  @Test
  void resolve_bytesInIt_isMissing() {
    service.bytes.add("beckon-dev/mail");

    assertMissing("holds no text");
  }
}
