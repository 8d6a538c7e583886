package dev.beckon.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.account.Secret;
import dev.beckon.account.Secrets;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class SecretCredentialsTest {
  private static final URI REFERENCE = URI.create("secret://s3");
  private static LocalS3 server;

  @BeforeAll
  static void start() throws Exception {
    server = new LocalS3();
    try (S3Client client = LocalS3.client(server.port())) {
      client.createBucket(request -> request.bucket("acme-surveys"));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** What a store of secrets that remembers does: it asks anew only after a refusal. */
  private static final class Remembering implements Secrets {
    private String stored;
    private String remembered;

    Remembering(String first) {
      stored = first;
      remembered = first;
    }

    @Override
    public Secret resolve(URI reference) {
      assertThat(reference).isEqualTo(REFERENCE);
      return new Secret(remembered);
    }

    @Override
    public void refresh(URI reference) {
      remembered = stored;
    }
  }

  private static String key(String secret) {
    return "{\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\"}"
        .formatted(TestCredentials.ID, secret);
  }

  private static S3Client client(Secrets secrets) {
    return S3Location.parse("s3://acme-surveys?region=eu-central-1")
        .client(Optional.of(URI.create("http://127.0.0.1:" + server.port())), secrets, REFERENCE);
  }

  @Test
  void client_keyWasRotated_isReadAgainAfterTheRefusal() {
    Remembering secrets = new Remembering(key("an-older-key"));
    secrets.stored = key(TestCredentials.KEY);
    try (S3Client client = client(secrets)) {
      S3ObjectStore store = new S3ObjectStore(client, "acme-surveys");
      assertThatThrownBy(() -> store.write("k", new byte[] {1})).isInstanceOf(S3Exception.class);

      store.write("k", new byte[] {1});

      assertThat(store.info("k")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKIA-text", "{}", "{\"accessKeyId\":\"AKIA-text\"}", "[1]"})
  void client_secretIsNoAccessKey_namesTheSecretAlone(String text) {
    try (S3Client client = client(new Remembering(text))) {
      S3ObjectStore store = new S3ObjectStore(client, "acme-surveys");

      assertThatThrownBy(() -> store.info("k"))
          .isInstanceOf(SdkClientException.class)
          .hasMessageContainingAll("secret://s3", "accessKeyId and secretAccessKey")
          .hasMessageNotContaining("AKIA");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://acme-surveys",
        "s3://acme-surveys?region=",
        "s3://Acme?region=eu-central-1",
        "s3://acme-surveys/folder?region=eu-central-1",
        "s3://acme-surveys?region=eu-central-1&x=1",
        "s3://user@acme-surveys?region=eu-central-1",
        "https://acme-surveys.s3.amazonaws.com"
      })
  void parse_otherwiseWritten_saysHow(String text) {
    assertThatThrownBy(() -> S3Location.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is not s3://<bucket>?region=<region>");
  }
}
