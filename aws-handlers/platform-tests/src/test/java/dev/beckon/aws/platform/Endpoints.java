package dev.beckon.aws.platform;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Where {@link RealServers} found a service; a test without its service is skipped. */
final class Endpoints {
  /** What LocalStack takes, and the embedded servers. */
  static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local-id", "local-key"));

  private Endpoints() {}

  static Optional<URI> of(String service) {
    String missing = System.getProperty("beckon.test.aws." + service + ".missing");
    if (missing != null) {
      Assumptions.abort("skipped: " + missing);
    }
    return Optional.of(URI.create(System.getProperty("beckon.test.aws." + service)));
  }

  /** A name nobody had before: servers outlive a run. */
  static String fresh() {
    return "beckon-" + UUID.randomUUID();
  }
}
