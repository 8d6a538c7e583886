package dev.beckon.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon keys}: who may call the HTTP API. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Makes, lists and revokes keys of the HTTP API.",
    subcommands = {KeysCreateCommand.class, KeysListCommand.class, KeysRevokeCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon keys create --account hotel --name crm --scope dispatch --scope read --expires 90d",
      "  ./beckon keys list --account hotel       who may call, and when they last did",
      "  ./beckon keys revoke ID                  nobody gets in by it any more, after 10 s at most"
    })
final class KeysCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command; ./beckon keys --help lists them");
  }
}
