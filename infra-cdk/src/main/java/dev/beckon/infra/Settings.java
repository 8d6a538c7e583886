package dev.beckon.infra;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an operator chose, checked. Immutable. {@link SettingsReader} makes it of CDK's context.
 *
 * @param prefix begins the stack's name, so that several installations share an account
 * @param jar the deployable of all functions
 * @param bucket a bucket that is there already; empty: the stack makes one
 * @param publicUrl address of the HTTP door where a domain of one's own leads to it
 * @param permissionsBoundary ARN of the policy that bounds every role made here
 * @param alarmEmail who is told of alarms
 * @param collectorLayer ARN of the layer that holds an OpenTelemetry collector
 * @param oldMasterKeys references of master keys from before the installation's KMS key
 * @param hashKey references of the keys of recipient hashes, while they change
 * @param api who may call the API beside the holders of keys
 */
public record Settings(
    Profile profile,
    String prefix,
    Path jar,
    Optional<ExistingBucket> bucket,
    Optional<String> publicUrl,
    Optional<String> permissionsBoundary,
    Optional<String> alarmEmail,
    Optional<String> collectorLayer,
    Optional<String> oldMasterKeys,
    Optional<String> hashKey,
    Api api,
    Atlas atlas,
    Optional<Network> network) {

  /** The stack's name, which begins the names of everything in it: {@code beckon-dev}. */
  public String stackName() {
    return prefix + "-" + profile.label();
  }

  /** ARNs of the KMS keys that wrapped day keys before the installation's own. */
  List<String> oldMasterKeyArns() {
    return oldMasterKeys.stream()
        .flatMap(list -> Stream.of(list.split(",", -1)))
        .map(entry -> entry.substring(entry.indexOf('=') + 1))
        .filter(reference -> reference.startsWith("kms:"))
        .map(reference -> reference.substring("kms:".length()))
        .toList();
  }

  /** What the names of the installation's secrets begin with. */
  public String secretsPrefix() {
    return stackName() + "/";
  }

  /**
   * A bucket that somebody else made.
   *
   * @param key ARN of the KMS key it encrypts with; empty where S3's own does
   */
  public record ExistingBucket(String name, Optional<String> key) {}

  /**
   * Who may call the API beside the holders of its keys.
   *
   * @param corsOrigins origins whose pages may call it from a browser, with commas
   * @param oidcIssuer whose tokens are taken
   * @param oidcAudience what those must be made for
   */
  public record Api(
      Optional<String> corsOrigins, Optional<String> oidcIssuer, Optional<String> oidcAudience) {}

  /**
   * How functions sign in to the database.
   *
   * @param uri the connection string where roles sign in; empty where it lies in a secret
   */
  public record Atlas(Optional<String> uri) {
    /** Whether the functions' roles sign in, without a password. */
    public boolean byRole() {
      return uri.isPresent();
    }
  }

  /**
   * The network the functions run in.
   *
   * @param atlasService name of the cluster's endpoint service for PrivateLink
   */
  public record Network(
      String vpc,
      List<String> subnets,
      List<String> securityGroups,
      Optional<String> atlasService) {
    public Network {
      subnets = List.copyOf(subnets);
      securityGroups = List.copyOf(securityGroups);
    }
  }
}
