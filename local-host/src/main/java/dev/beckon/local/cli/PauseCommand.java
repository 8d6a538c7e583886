package dev.beckon.local.cli;

import dev.beckon.local.installation.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./beckon pause}. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Stops a dispatch from sending; its invitations wait.")
final class PauseCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Mixin DispatchOptions dispatch = new DispatchOptions();

  @Override
  public Integer call() {
    boolean changed;
    try (Installation open = installation.open()) {
      changed =
          open.application()
              .pause()
              .pause(dispatch.account(open.application()), dispatch.dispatch, Operator.name());
    }
    spec.commandLine()
        .getOut()
        .println(
            "dispatch "
                + dispatch.dispatch
                + (changed
                    ? " is paused; workers notice within BECKON_ACCOUNT_CACHE (30 s unless set otherwise)"
                    : " was paused already"));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
