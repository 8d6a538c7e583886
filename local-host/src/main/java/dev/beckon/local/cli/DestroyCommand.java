package dev.beckon.local.cli;

import dev.beckon.local.deploy.AwsAccess;
import dev.beckon.local.deploy.StackName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./beckon destroy}. */
@Command(
    name = "destroy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Removes an installation from the cloud. The database is not part of it and stays.",
      "",
      "Asks for the stack's name to be typed. In prod the bucket, the key and the secrets stay; in dev and qa they"
          + " go, and with the key every address that is stored becomes unreadable."
    })
final class DestroyCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin StackOptions options = new StackOptions();

  @Option(names = "--yes", description = "Do not ask.")
  boolean yes;

  @Override
  public Integer call() throws Exception {
    StackName name = options.name();
    PrintWriter out = spec.commandLine().getOut();
    out.println(consequences(name));
    out.flush();
    if (!yes && !confirmed(name, out)) {
      out.println("Nothing was changed.");
      out.flush();
      return 1;
    }
    String region = AwsAccess.of(System.getenv()).region();
    StackOptions.cdk().destroy(name, region);
    Files.deleteIfExists(StackOptions.file(name, ".env"));
    Files.deleteIfExists(StackOptions.file(name, ".outputs.json"));
    out.println("stack " + name.stack() + " is removed from " + region);
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

  private static boolean confirmed(StackName name, PrintWriter out) throws IOException {
    out.print("Type the stack's name to go on: ");
    out.flush();
    // not closed: it is the process's own
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    String typed = in.readLine();
    return typed != null && typed.strip().equals(name.stack());
  }
}
