package dev.beckon.azure.sns;

import dev.beckon.account.Secrets;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.s3.S3Location;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What is configured where files lie in an S3 bucket.
 *
 * @param credentials reference of the access key that reads and writes the bucket
 */
public record S3Settings(S3Location location, SnsTopic topic, URI credentials) {

  /**
   * The settings; empty where files lie in Azure Storage.
   *
   * @throws ConfigurationException naming every key that is missing, malformed or set for nothing
   */
  public static Optional<S3Settings> of(RuntimeConfig config) {
    List<String> problems = new ArrayList<>();
    Optional<S3Settings> settings = read(config, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return settings;
  }

  /** What keeps {@link #of} from settings, to be told with whatever else is wrong. */
  public static List<String> problems(RuntimeConfig config) {
    List<String> problems = new ArrayList<>();
    read(config, problems);
    return List.copyOf(problems);
  }

  private static Optional<S3Settings> read(RuntimeConfig config, List<String> problems) {
    if (!S3Location.isMeant(config.text(ConfigKey.BUCKET))) {
      for (ConfigKey key : List.of(ConfigKey.SNS_TOPIC, ConfigKey.S3_CREDENTIALS)) {
        if (!config.text(key).isEmpty()) {
          problems.add(
              key.variable()
                  + " is for files in S3, but "
                  + ConfigKey.BUCKET.variable()
                  + " is not s3://<bucket>?region=<region>: set that, or remove this");
        }
      }
      return Optional.empty();
    }
    Optional<S3Location> location = read(config, ConfigKey.BUCKET, S3Location::parse, problems);
    Optional<SnsTopic> topic = read(config, ConfigKey.SNS_TOPIC, SnsTopic::parse, problems);
    Optional<URI> credentials =
        read(config, ConfigKey.S3_CREDENTIALS, S3Settings::reference, problems);
    return problems.isEmpty()
        ? Optional.of(
            new S3Settings(location.orElseThrow(), topic.orElseThrow(), credentials.orElseThrow()))
        : Optional.empty();
  }

  private static <T> Optional<T> read(
      RuntimeConfig config, ConfigKey key, Function<String, T> reader, List<String> problems) {
    String value = config.text(key);
    if (value.isEmpty()) {
      problems.add(key.variable() + " is missing: " + key.meaning());
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(value));
    } catch (IllegalArgumentException e) {
      problems.add(key.variable() + " " + e.getMessage());
      return Optional.empty();
    }
  }

  private static URI reference(String text) {
    if (!Secrets.isReference(text)) {
      throw new IllegalArgumentException("is not secret://name of a secret");
    }
    URI reference = URI.create(text);
    Secrets.name(reference);
    return reference;
  }

  /** A client of the bucket; opens no connection yet. */
  public S3Client client(RuntimeConfig config, Secrets secrets) {
    return location.client(config.endpoint(ConfigKey.S3_ENDPOINT), secrets, credentials);
  }
}
