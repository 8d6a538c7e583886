package dev.beckon.local.cloud;

import dev.beckon.local.ChildProcess;
import dev.beckon.local.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A worker on AWS in a process of its own. */
public final class WorkerProcess extends ChildProcess implements Workers {
  private WorkerProcess(ChildProcess.Launch launch) throws IOException {
    super(launch);
  }

  /**
   * How a worker is started.
   *
   * @param log takes its output
   * @param megabytes its heap at the most
   * @param jvm options of its virtual machine beside those every worker has
   * @param extra environment variables beside the cloud's
   */
  public record Launch(
      WorkerSettings settings,
      Path log,
      int megabytes,
      List<String> jvm,
      Map<String, String> extra) {
    public Launch {
      jvm = List.copyOf(jvm);
      extra = Map.copyOf(extra);
    }
  }

  /**
   * Starts a worker with the cloud's own settings.
   *
   * @param log takes its output
   * @param megabytes its heap at the most
   * @param extra environment variables beside the cloud's
   */
  public static WorkerProcess start(
      LocalCloud<AwsSide> cloud, Path log, int megabytes, Map<String, String> extra)
      throws IOException {
    return start(cloud, new Launch(cloud.side().worker(), log, megabytes, List.of(), extra));
  }

  /** Starts a worker. */
  public static WorkerProcess start(LocalCloud<AwsSide> cloud, Launch launch) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("worker"));
    arguments.addAll(launch.settings().toArguments());
    Map<String, String> environment = new HashMap<>(cloud.workerEnvironment());
    environment.putAll(launch.extra());
    return new WorkerProcess(
        new ChildProcess.Launch(
            arguments, launch.log(), launch.megabytes(), launch.jvm(), environment));
  }
}
