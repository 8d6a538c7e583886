package dev.beckon.aws.platform;

import dev.beckon.account.CachedSecrets;
import dev.beckon.account.Secrets;
import dev.beckon.account.SecretsContract;
import dev.beckon.bed.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;

class RealSecretsTest extends SecretsContract {
  private final TestClock clock = new TestClock();
  private final String prefix = Endpoints.fresh() + "/";
  private SecretsManagerClient client;
  private Secrets secrets;

  @BeforeEach
  void connect() {
    client =
        AwsClients.secrets(Endpoints.of("secrets_manager"))
            .credentialsProvider(Endpoints.CREDENTIALS)
            .build();
    secrets = new CachedSecrets(new AwsSecrets(client, prefix), clock);
  }

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
    }
  }

  @Override
  protected Secrets secrets() {
    return secrets;
  }

  @Override
  protected void put(String name, String value) {
    try {
      client.createSecret(request -> request.name(prefix + name).secretString(value));
    } catch (ResourceExistsException e) {
      client.putSecretValue(request -> request.secretId(prefix + name).secretString(value));
    }
  }

  @Override
  protected void advance(Duration by) {
    clock.advance(by);
  }
}
