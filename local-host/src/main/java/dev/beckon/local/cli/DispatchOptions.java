package dev.beckon.local.cli;

import dev.beckon.account.Account;
import dev.beckon.app.Application;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which dispatch a command works on. */
final class DispatchOptions {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec(Target.MIXEE)
  CommandSpec spec;

  @Parameters(paramLabel = "DISPATCH", description = "The dispatch's id.")
  String dispatch = "";

  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description = "The account's id; needed where several have a dispatch of this id.")
  @Nullable String account;

  /** The account that is meant. */
  String account(Application application) {
    String named = account;
    if (named != null) {
      return named;
    }
    List<String> owners =
        application.stores().accounts().all().stream()
            .filter(some -> some.dispatch(dispatch).isPresent())
            .map(Account::id)
            .sorted()
            .toList();
    if (owners.size() == 1) {
      return owners.getFirst();
    }
    throw new ParameterException(
        spec.commandLine(),
        owners.isEmpty()
            ? "no account has a dispatch " + dispatch
            : "several accounts have a dispatch "
                + dispatch
                + ": name one with --account ("
                + String.join(", ", owners)
                + ")");
  }
}
