package dev.beckon.azure.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.beckon.config.LogSettings;
import dev.beckon.logs.LogSetup;
import java.util.List;

/** Sets up logging in a function app. Anywhere else it leaves the set-up to others. */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class AzureLogging extends ContextAwareBase implements Configurator {
  /** The first is set wherever functions run, the second on Azure alone. */
  private static final List<String> FUNCTION_APP =
      List.of("FUNCTIONS_WORKER_RUNTIME", "WEBSITE_SITE_NAME");

  /** Warns at every request that the JDK's client counts its length by itself. */
  private static final String TRANSPORT = "com.azure.core.http.jdk.httpclient";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (FUNCTION_APP.stream().allMatch(name -> System.getenv(name) == null)) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    apply(new LogSetup(context, LogSettings.fromEnvironment()));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void apply(LogSetup setup) {
    InvocationAppender lines =
        new InvocationAppender(
            InvocationLogs.of(setup.context()),
            setup.settings().installation(),
            setup.standardOutput());
    lines.setContext(setup.context());
    lines.setName("invocations");
    lines.start();
    setup.to(lines);
    setup.context().getLogger(TRANSPORT).setLevel(Level.ERROR);
  }
}
