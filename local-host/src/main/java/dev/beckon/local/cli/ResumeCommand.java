package dev.beckon.local.cli;

import dev.beckon.local.installation.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./beckon resume}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lets a paused dispatch send again.")
final class ResumeCommand implements Callable<Integer> {
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
              .resume(dispatch.account(open.application()), dispatch.dispatch, Operator.name());
    }
    spec.commandLine()
        .getOut()
        .println(
            "dispatch "
                + dispatch.dispatch
                + (changed
                    ? " is live again; workers notice within BECKON_ACCOUNT_CACHE (30 s unless set otherwise)"
                    : " was live already"));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
