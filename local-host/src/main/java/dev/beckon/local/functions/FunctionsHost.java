package dev.beckon.local.functions;

import dev.beckon.local.Parts;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One instance of a function app, with every function of it: reads a staged app and drives it
 * against a storage account as Azure's Functions host does. Azure gives most functions instances of
 * their own, and lets host and worker be two processes; here all is one, so a function that ends
 * its process ends its host, as when an instance is lost: messages come back when their lease ends.
 */
public final class FunctionsHost implements AutoCloseable {
  private final Parts parts = new Parts();
  private final HttpListener http;
  private final List<String> names = new ArrayList<>();

  private FunctionsHost(
      FunctionsHostSettings settings, Map<String, String> environment, Runnable onTimeout) {
    boolean complete = false;
    try {
      this.http = start(settings, new AppSettings(environment), onTimeout);
      complete = true;
    } finally {
      if (!complete) {
        parts.close();
      }
    }
  }

  private HttpListener start(FunctionsHostSettings settings, AppSettings app, Runnable onTimeout) {
    StagedApp staged = parts.keep(StagedApp.load(settings.app(), app));
    Connections connections = new Connections(app);
    HostJson host = staged.host();
    Outputs outputs = new Outputs(connections, app, host.queues().base64());
    Invoker invoker = parts.keep(new Invoker(host.functionTimeout(), outputs, onTimeout));
    HttpListener listener = parts.keep(new HttpListener(settings.port(), invoker));
    for (AppFunction function : staged.functions()) {
      names.add(function.name());
      Binding trigger = function.trigger();
      switch (trigger.type()) {
        case TriggerRules.QUEUE ->
            parts
                .keep(
                    new QueueListener(
                        function,
                        connections.queue(
                            trigger.text("connection"), app.resolved(trigger.text("queueName"))),
                        host.queues(),
                        new Pace(settings.speedUp()),
                        invoker,
                        outputs))
                .start();
        case TriggerRules.TIMER ->
            parts
                .keep(
                    new TimerListener(
                        function,
                        Ncrontab.parse(app.resolved(trigger.text("schedule"))),
                        new TimerStatus.Store(connections.hostContainer()),
                        settings.timersEvery(),
                        invoker,
                        Clock.systemUTC()))
                .start();
        default -> listener.add(function, host.routePrefix());
      }
    }
    listener.start();
    return listener;
  }

  /**
   * Starts all functions.
   *
   * @param environment the app's settings; the app itself reads this process's environment
   * @param onTimeout called when a function takes longer than host.json allows; its thread cannot
   *     be stopped, so a process of its own should end then
   * @throws StagedAppException when the folder is no function app
   */
  public static FunctionsHost start(
      FunctionsHostSettings settings, Map<String, String> environment, Runnable onTimeout) {
    return new FunctionsHost(settings, environment, onTimeout);
  }

  /** Where HTTP functions answer. */
  public URI url() {
    return http.url();
  }

  /** The names of all functions. */
  public List<String> functions() {
    return List.copyOf(names);
  }

  /** Starts nothing more, lets running invocations end, and closes everything. */
  @Override
  public void close() {
    parts.close();
  }
}
