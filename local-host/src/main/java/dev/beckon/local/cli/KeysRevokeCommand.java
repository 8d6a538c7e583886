package dev.beckon.local.cli;

import dev.beckon.access.ApiKey;
import dev.beckon.local.installation.Installation;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./beckon keys revoke}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Ends a key for good; it opens nothing any more after 10 s at most.")
final class KeysRevokeCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(
      paramLabel = "ID",
      description = "The key's id, as ./beckon keys list and its text have it.")
  String id = "";

  @Override
  public Integer call() {
    if (id.startsWith("beckon_")) {
      throw new ParameterException(
          spec.commandLine(),
          "ID: give the id alone, the third part of the text, not the whole key");
    }
    try (Installation open = installation.open()) {
      Optional<ApiKey> found = open.application().stores().apiKeys().find(id);
      ApiKey key =
          found.orElseThrow(() ->
              new ParameterException(
                  spec.commandLine(), "ID: there is no such key; ./beckon keys list shows them"));
      boolean already = key.state(Instant.now()) == ApiKey.State.REVOKED;
      open.application().keys().revoke(key.account(), id, Operator.name());
      spec.commandLine()
          .getOut()
          .println(
              key.told()
                  + (already
                      ? " was revoked already"
                      : " is revoked; it opens nothing any more after 10 s at most"));
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
