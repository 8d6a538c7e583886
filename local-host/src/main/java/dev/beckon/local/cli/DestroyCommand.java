package dev.beckon.local.cli;

import dev.beckon.local.deploy.AwsAccess;
import dev.beckon.local.deploy.StackName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon destroy}. */
@Command(
    name = "destroy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Removes an installation from the cloud. The database is not part of it and stays.",
      "",
      "Asks for the stack's name to be typed. On AWS, in prod the bucket, the key and the secrets stay; in dev and qa"
          + " they go, and with the key every address that is stored becomes unreadable. On Azure the storage account,"
          + " the vault, the identity and the logs stay in every profile, unless --data takes them as well."
    })
final class DestroyCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin StackOptions options = new StackOptions();

  @Option(
      names = "--data",
      description =
          "Azure: take files, secrets, keys and logs as well, with the whole resource group.")
  boolean data;

  @Option(names = "--yes", description = "Do not ask.")
  boolean yes;

  @Override
  public Integer call() throws Exception {
    StackName name = options.name();
    if (data && options.cloud == StackOptions.Cloud.aws) {
      throw new ParameterException(
          spec.commandLine(), "--data is for Azure; on AWS the profile decides what stays");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        switch (options.cloud) {
          case aws -> consequences(name);
          case azure -> data ? withData(name) : withoutData(name);
        });
    out.flush();
    if (!yes && !confirmed(name, out)) {
      out.println("Nothing was changed.");
      out.flush();
      return 1;
    }
    String done =
        switch (options.cloud) {
          case aws -> {
            String region = AwsAccess.of(System.getenv()).region();
            StackOptions.cdk().destroy(name, region);
            yield "stack " + name.stack() + " is removed from " + region;
          }
          case azure -> {
            options.azure().destroy(name, data);
            yield data
                ? "resource group " + name.stack() + " is removed"
                : "installation " + name.stack() + " is removed, its data is kept";
          }
        };
    for (String ending : List.of(".env", ".outputs.json", ".zip")) {
      Files.deleteIfExists(StackOptions.file(name, ending));
    }
    out.println(done);
    out.flush();
    return 0;
  }

  private static String consequences(StackName name) {
    return name.profile() == StackName.Profile.prod
        ? """
        Removing %1$s: functions, queues with whatever waits in them, timer, HTTP door, alarms.
        What stays, and goes on costing: the bucket with its files, the KMS key (1 USD a month), the secrets
        (0.40 USD each a month), the logs until they expire, and the database, which is not part of the stack.
        Links in messages that were sent stop working, the one to unsubscribe included.
        The stack is protected; first: aws cloudformation update-termination-protection --stack-name %1$s
        --no-enable-termination-protection\
        """
            .formatted(name.stack())
        : """
        Removing %s: functions, queues, timer, HTTP door, alarms, and with them the bucket with its files, the
        key and the secrets. Without the key no address in the database can be read again.
        What stays: the database, which is not part of the stack.\
        """
            .formatted(name.stack());
  }

  private static String withoutData(StackName name) {
    return """
    Removing %1$s: the function app, its events, alarms, dashboard and, where it has one, its network.
    What stays in the resource group, and goes on costing: the storage account with its files and queues, the
    vault with its key and secrets, the app's identity, the logs until they expire; and the database, which is
    not part of it. Links in messages that were sent stop working, the one to unsubscribe included.
    ./beckon deploy azure brings the rest back to them.\
    """
        .formatted(name.stack());
  }

  private static String withData(StackName name) {
    return """
    Removing the resource group %1$s and EVERYTHING in it: the function app, files, queues, logs, and the vault with
    the key. Without the key no address in the database can be read again. The vault alone can be brought back
    for some days: ./beckon deploy azure --parameters recoverVault=true
    What stays: the database, which is not part of it.\
    """
        .formatted(name.stack());
  }

  private static boolean confirmed(StackName name, PrintWriter out) throws IOException {
    return StackOptions.typed(out, "Type the stack's name to go on: ").equals(name.stack());
  }
}
