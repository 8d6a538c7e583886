package dev.beckon.local.functions;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a host runs its app. Travels to its process as arguments of the form {@code name=value}; what
 * the app needs, and the connection string of its storage account, travel in the environment, as in
 * Azure.
 *
 * @param app the staged folder
 * @param port of loopback, for HTTP functions; 0 takes a free one
 * @param speedUp how many times sooner waits end than in Azure: a failed message's return, a dead
 *     host's messages' return, and the longest wait between looks at an empty queue; 1 for Azure's
 *     own times. Time limits, schedules and numbers of tries stay as they are
 * @param timersEvery the interval of all timers instead of their schedules, counted from the end of
 *     the last tick; empty: by schedule
 */
public record FunctionsHostSettings(
    Path app, int port, int speedUp, Optional<Duration> timersEvery) {

  /** A host with Azure's own waits and schedules, on a free port. */
  public static FunctionsHostSettings of(Path app) {
    return new FunctionsHostSettings(app, 0, 1, Optional.empty());
  }

  /** The same on a port that is known beforehand. */
  public FunctionsHostSettings on(int known) {
    return new FunctionsHostSettings(app, known, speedUp, timersEvery);
  }

  /** The same with shorter waits. */
  public FunctionsHostSettings faster(int times) {
    return new FunctionsHostSettings(app, port, times, timersEvery);
  }

  /** The same with all timers at an interval. */
  public FunctionsHostSettings withTimersEvery(Duration interval) {
    return new FunctionsHostSettings(app, port, speedUp, Optional.of(interval));
  }

  /** The arguments of a host's process. */
  public List<String> toArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("app=" + app.toAbsolutePath());
    arguments.add("port=" + port);
    arguments.add("speedUp=" + speedUp);
    timersEvery.ifPresent(interval -> arguments.add("timersEvery=" + interval));
    return arguments;
  }

  /** Reads what {@link #toArguments} wrote. */
  public static FunctionsHostSettings fromArguments(List<String> arguments) {
    Map<String, String> values = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("\"" + argument + "\" is not of the form name=value");
      }
      values.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    String app = values.get("app");
    if (app == null) {
      throw new IllegalArgumentException("a functions host needs the argument app=…");
    }
    return new FunctionsHostSettings(
        Path.of(app),
        Integer.parseInt(values.getOrDefault("port", "0")),
        Integer.parseInt(values.getOrDefault("speedUp", "1")),
        Optional.ofNullable(values.get("timersEvery")).map(Duration::parse));
  }
}
