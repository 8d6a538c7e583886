package dev.beckon.local.cli;

import dev.beckon.account.Account;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.local.installation.AccountFile;
import dev.beckon.local.installation.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./beckon configure}. */
@Command(
    name = "configure",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Stores an account's document as its next version, if this installation can work with it.",
      "",
      "A value @path is replaced by that file beside the document, $${NAME} by --set NAME=VALUE. Every problem is"
          + " named by its path, and nothing is stored then."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon configure account.json",
      "  ./beckon configure account.json --set SMTP_HOST=smtp.example.org --env .beckon/beckon-dev.env"
    })
final class ConfigureCommand implements Callable<Integer> {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");

  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The document (docs/configuration.md).")
  Path file = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "A value for $${NAME}; may be given again. Never a secret: those are references.")
  Map<String, String> values = new LinkedHashMap<>();

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Override
  public Integer call() throws IOException {
    if (!Files.isReadable(file)) {
      throw new ParameterException(spec.commandLine(), "cannot read " + file);
    }
    String document = AccountFile.read(file, values, Map.of());
    Matcher left = PLACEHOLDER.matcher(document);
    if (left.find()) {
      throw new ParameterException(
          spec.commandLine(),
          "${" + left.group(1) + "} has no value: give one with --set " + left.group(1) + "=…");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Installation opened = installation.open()) {
      Account stored = opened.application().configuration().store(document, Operator.name());
      out.printf(
          "account %s, version %d: workers take it up within BECKON_ACCOUNT_CACHE (30 s unless set"
              + " otherwise)%n",
          stored.id(), stored.version());
      out.flush();
      return 0;
    } catch (InvalidAccountException e) {
      spec.commandLine().getErr().println("beckon: nothing was stored. " + e.getMessage());
      return 1;
    }
  }
}
