package dev.beckon.infra;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/**
 * The way to the database: a connection string in a secret, or one without a password where the
 * functions' roles sign in; by PrivateLink where the cluster offers it.
 */
final class AtlasConnection extends Construct {
  /** The secret's name behind the installation's prefix. */
  static final String SECRET = "mongo-uri";

  private final String uri;
  private final @Nullable CfnVPCEndpoint endpoint;

  AtlasConnection(Construct scope, String id, Settings settings, Keys keys) {
    super(scope, id);
    uri = settings.atlas().uri().orElse("secret://" + SECRET);
    if (!settings.atlas().byRole()) {
      Secret secret =
          Secret.Builder.create(this, "Uri")
              .secretName(settings.secretsPrefix() + SECRET)
              .description("Connection string of the database, user and password percent-encoded")
              .encryptionKey(keys.key())
              .removalPolicy(settings.profile().removal())
              .build();
      // left without a value: one in the template could overwrite the operator's, and a made-up one
      // could not be told from it
      ((CfnSecret) Objects.requireNonNull(secret.getNode().getDefaultChild()))
          .addPropertyDeletionOverride("GenerateSecretString");
      Accepted.finding(
          secret,
          "AwsSolutions-SMG4",
          "The password is made and changed at the database, which Secrets Manager cannot reach;"
              + " atlas=iam does without one.");
    }
    endpoint = settings.network().flatMap(this::endpoint).orElse(null);
  }

  private Optional<CfnVPCEndpoint> endpoint(Settings.Network network) {
    return network
        .atlasService()
        .map(service ->
            CfnVPCEndpoint.Builder.create(this, "PrivateLink")
                .vpcId(network.vpc())
                .vpcEndpointType("Interface")
                .serviceName(service)
                .subnetIds(List.copyOf(network.subnets()))
                .securityGroupIds(List.copyOf(network.securityGroups()))
                .build());
  }

  /** What the functions are told: a reference, or a string that holds no secret. */
  String uri() {
    return uri;
  }

  /** Id of the endpoint in the network, to be entered at the cluster. */
  Optional<String> endpointId() {
    return Optional.ofNullable(endpoint).map(CfnVPCEndpoint::getAttrId);
  }
}
