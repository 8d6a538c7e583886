package dev.beckon.infra;

import java.util.Collection;
import software.amazon.awscdk.CfnOutput;
import software.constructs.Construct;

/** The stack's outputs: where things are, and what the operator does next, in commands. */
final class NextSteps {
  private final Construct stack;
  private final Settings settings;

  NextSteps(Construct stack, Settings settings) {
    this.stack = stack;
    this.settings = settings;
  }

  NextSteps files(FileDropBucket files, PeoplePolicies people) {
    output("Bucket", files.bucket().getBucketName(), "Files go to <feed>/incoming/ in it.");
    output(
        "FileDropperPolicy",
        people.dropper().getManagedPolicyArn(),
        "Attach it to the role of whoever delivers files.");
    settings
        .bucket()
        .ifPresent(existing ->
            output(
                "NextBucket",
                "aws s3api put-bucket-notification-configuration --bucket "
                    + existing.name()
                    + " --notification-configuration '{\"EventBridgeConfiguration\":{}}'",
                "The bucket was there before: let it tell EventBridge of files. The command replaces"
                    + " all its notifications: name those it has beside it."));
    return this;
  }

  NextSteps database(AtlasConnection atlas, Collection<BeckonFunction> functions) {
    if (settings.atlas().byRole()) {
      functions.forEach(function ->
          output(
              "Role" + FunctionShape.of(function.entryPoint()).id(),
              function.role().getRoleArn(),
              "Make it a database user (AWS IAM role) that reads and writes "
                  + settings.stackName()
                  + "."));
    } else {
      output(
          "NextMongoUri",
          "aws secretsmanager put-secret-value --secret-id "
              + settings.secretsPrefix()
              + AtlasConnection.SECRET
              + " --secret-string file://mongo-uri.txt",
          "Write the connection string into the file without a line end, run this, delete the file.");
    }
    atlas
        .endpointId()
        .ifPresent(id ->
            output("PrivateEndpoint", id, "Enter it at the cluster as its private endpoint's id."));
    output(
        "NextVendorSecret",
        "aws secretsmanager create-secret --name "
            + settings.secretsPrefix()
            + "<name> --secret-string file://secret.txt",
        "One for each secret://<name> of your accounts.");
    return this;
  }

  NextSteps door(HttpDoor door) {
    output("PublicUrl", door.publicUrl(), "Unsubscribe links begin with it.");
    output("Api", door.publicUrl() + "/docs", "The API, to be read.");
    output("HttpEndpoint", door.api().getApiEndpoint(), "Where a domain of your own has to lead.");
    return this;
  }

  NextSteps alarms(Observability observability) {
    output("AlarmTopic", observability.topic().getTopicArn(), "Subscribe whoever is on duty.");
    return this;
  }

  NextSteps operator(Environment environment, PeoplePolicies people) {
    String file = ".beckon/" + settings.stackName() + ".env";
    output(
        "OperatorPolicy",
        people.operator().getManagedPolicyArn(),
        "Attach it to the role of whoever runs ./beckon.");
    output(
        "OperatorEnvironment",
        environment.operatorLines(),
        "What ./beckon deploy aws writes to " + file + ".");
    output(
        "NextKey",
        "./beckon keys create --account <id> --name <name> --kind live --scope dispatch --env "
            + file,
        "The first key of the API; it is shown once.");
    output("NextCheck", "./beckon doctor --env " + file, "Tells what is still missing.");
    return this;
  }

  private void output(String id, String value, String description) {
    CfnOutput.Builder.create(stack, id).value(value).description(description).build();
  }
}
