package dev.beckon.local.lambda;

import dev.beckon.app.EntryPoint;
import dev.beckon.aws.AwsFunctions;
import dev.beckon.local.poller.LambdaFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The deployed functions on this machine: each environment is a process that runs the deployable
 * jar under the real runtime client. Thread-safe.
 */
public final class LocalLambda {
  private final Path folder;
  private final int megabytes;
  private final Map<String, String> variables;

  private LocalLambda(Path folder, int megabytes, Map<String, String> variables) {
    this.folder = folder;
    this.megabytes = megabytes;
    this.variables = Map.copyOf(variables);
  }

  /**
   * Deploys a jar.
   *
   * @param folder takes the code and each function's log
   * @param megabytes memory of each function
   * @param variables of each function's environment
   */
  public static LocalLambda deploy(
      Path jar, Path folder, int megabytes, Map<String, String> variables) throws IOException {
    // the runtime client looks for code in the folder it is started in and for jars in lib below
    Path code = folder.resolve("task").resolve("lib");
    Files.createDirectories(code);
    Files.copy(jar, code.resolve(DeployableJar.NAME), StandardCopyOption.REPLACE_EXISTING);
    return new LocalLambda(folder, megabytes, variables);
  }

  /** One function, with one process for each environment. */
  public LambdaFunction function(String name, EntryPoint entryPoint, Duration timeout) {
    return new LambdaFunction(
        name, timeout, function -> new ProcessEnvironment(function, launch(name, entryPoint)));
  }

  /** How one function's process is started. */
  public FunctionProcess.Launch launch(String name, EntryPoint entryPoint) {
    return new FunctionProcess.Launch(
        name,
        AwsFunctions.handler(entryPoint).getName() + "::handleRequest",
        folder.resolve("task"),
        List.of(),
        megabytes,
        List.of(),
        variables,
        false,
        folder.resolve("lambda-" + name + ".log"));
  }
}
