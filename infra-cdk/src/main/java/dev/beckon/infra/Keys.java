package dev.beckon.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * The installation's KMS key: it wraps day keys, and encrypts files, secrets and alarms at rest.
 */
final class Keys extends Construct {
  private final Key key;

  Keys(Construct scope, String id, Settings settings) {
    super(scope, id);
    key =
        Key.Builder.create(this, "Key")
            .alias(settings.stackName())
            .description(
                "Beckon " + settings.stackName() + ": wraps day keys, encrypts files and secrets")
            .enableKeyRotation(true)
            .pendingWindow(Duration.days(settings.profile().retained() ? 30 : 7))
            .removalPolicy(settings.profile().removal())
            .build();
    key.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("AlarmsToTheirTopic")
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
            // in a key's own policy: this key. Who may publish is the topic's policy to say
            .resources(List.of("*"))
            .build());
  }

  Key key() {
    return key;
  }

  String arn() {
    return key.getKeyArn();
  }
}
