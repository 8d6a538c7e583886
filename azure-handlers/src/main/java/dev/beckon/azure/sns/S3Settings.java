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
    String bucket = config.text(ConfigKey.BUCKET);
    String topic = config.text(ConfigKey.SNS_TOPIC);
    String credentials = config.text(ConfigKey.S3_CREDENTIALS);
    List<String> problems = new ArrayList<>();
    if (!S3Location.isMeant(bucket)) {
      for (ConfigKey key : List.of(ConfigKey.SNS_TOPIC, ConfigKey.S3_CREDENTIALS)) {
        if (!config.text(key).isEmpty()) {
          problems.add(
              key.variable()
                  + " is for files in S3, but "
                  + ConfigKey.BUCKET.variable()
                  + " is not s3://<bucket>?region=<region>: set that, or remove this");
        }
      }
      requireNone(problems);
      return Optional.empty();
    }
    Optional<S3Location> location = read(ConfigKey.BUCKET, bucket, S3Location::parse, problems);
    Optional<SnsTopic> told = read(ConfigKey.SNS_TOPIC, topic, SnsTopic::parse, problems);
    Optional<URI> reference =
        read(ConfigKey.S3_CREDENTIALS, credentials, S3Settings::reference, problems);
    requireNone(problems);
    return Optional.of(
        new S3Settings(location.orElseThrow(), told.orElseThrow(), reference.orElseThrow()));
  }

  private static <T> Optional<T> read(
      ConfigKey key, String value, Function<String, T> reader, List<String> problems) {
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

  private static void requireNone(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** A client of the bucket; opens no connection yet. */
  public S3Client client(RuntimeConfig config, Secrets secrets) {
    return location.client(config.endpoint(ConfigKey.S3_ENDPOINT), secrets, credentials);
  }
}
