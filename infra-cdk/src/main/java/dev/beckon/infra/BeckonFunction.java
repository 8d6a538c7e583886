package dev.beckon.infra;

import dev.beckon.app.EntryPoint;
import dev.beckon.aws.AwsFunctions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.RecursiveLoop;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The function of one entry point: with a role and a log of its own, called by its alias, which
 * leads to a published version started from a snapshot.
 */
final class BeckonFunction extends Construct {
  /** Whatever calls the function calls this alias: only published versions have a snapshot. */
  static final String ALIAS = "live";

  private final EntryPoint entryPoint;
  private final Role role;
  private final LogGroup log;
  private final Function function;
  private final Alias alias;

  /**
   * @param permissions what it may do beside writing its log and traces
   */
  BeckonFunction(
      Construct scope,
      EntryPoint entryPoint,
      Settings settings,
      Code code,
      Environment environment,
      List<PolicyStatement> permissions) {
    super(scope, FunctionShape.of(entryPoint).id());
    this.entryPoint = entryPoint;
    FunctionShape shape = FunctionShape.of(entryPoint);
    String name = settings.stackName() + "-" + shape.label();
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .description("Role of " + name)
            .build();
    permissions.forEach(role::addToPolicy);
    log =
        LogGroup.Builder.create(this, "Log")
            .logGroupName("/aws/lambda/" + name)
            .retention(settings.profile().logs())
            .removalPolicy(settings.profile().removal())
            .build();
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
            .resources(List.of(log.getLogGroupArn()))
            .build());
    Function.Builder builder =
        Function.Builder.create(this, "Function")
            .functionName(name)
            .description(shape.description())
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .handler(AwsFunctions.handler(entryPoint).getName() + "::handleRequest")
            .code(code)
            .memorySize(settings.profile().memory())
            .timeout(shape.timeout())
            .environment(environment.variables())
            .role(role)
            .logGroup(log)
            .tracing(Tracing.ACTIVE)
            .recursiveLoop(shape.recursive() ? RecursiveLoop.ALLOW : RecursiveLoop.TERMINATE)
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            // in production a former version stays, for the alias to be led back to
            .currentVersionOptions(
                VersionOptions.builder().removalPolicy(settings.profile().removal()).build());
    settings
        .collectorLayer()
        .ifPresent(arn ->
            builder.layers(List.of(LayerVersion.fromLayerVersionArn(this, "Collector", arn))));
    function = builder.build();
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish",
            "The alias leads to a published version.");
    settings.network().ifPresent(this::joinNetwork);
    alias =
        Alias.Builder.create(this, "Live")
            .aliasName(ALIAS)
            .version(function.getCurrentVersion())
            .build();
    Accepted.folders(role);
    Accepted.unscopable(role, settings.network().isPresent());
  }

  /** By ids, so that nothing has to be looked up in the account while templates are made. */
  private void joinNetwork(Settings.Network network) {
    ((CfnFunction) Objects.requireNonNull(function.getNode().getDefaultChild()))
        .addPropertyOverride(
            "VpcConfig",
            Map.of("SubnetIds", network.subnets(), "SecurityGroupIds", network.securityGroups()));
    role.addToPolicy(Permissions.networkInterfaces());
  }

  EntryPoint entryPoint() {
    return entryPoint;
  }

  Role role() {
    return role;
  }

  Function function() {
    return function;
  }

  /** What is to be called. */
  Alias alias() {
    return alias;
  }
}
