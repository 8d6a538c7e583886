package dev.beckon.aws.platform;

import dev.beckon.privacy.KeyWrapper;
import dev.beckon.privacy.KeyWrapperContract;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.kms.KmsClient;

class RealKeysTest extends KeyWrapperContract {
  private KmsClient client;
  private String first;
  private String second;

  @BeforeEach
  void create() {
    client = AwsClients.kms(Endpoints.of("kms")).credentialsProvider(Endpoints.CREDENTIALS).build();
    first = client.createKey().keyMetadata().arn();
    second = client.createKey().keyMetadata().arn();
  }

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
    }
  }

  @Override
  protected KeyWrapper wrapper() {
    return new KmsKeys(client, first, Clock.systemUTC());
  }

  @Override
  protected KeyWrapper other() {
    return new KmsKeys(client, second, Clock.systemUTC());
  }
}
