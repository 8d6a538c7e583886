package dev.beckon.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * A function's process: the deployable jar under the real runtime interface client, with the
 * variables Lambda sets and none of this process's own. Thread-safe.
 */
public final class FunctionProcess implements AutoCloseable {
  private static final Duration LONGEST_END = Duration.ofSeconds(15);

  private final RuntimeApi api;
  private final Process process;

  /**
   * How a function's process is started.
   *
   * @param handler in Lambda's form, {@code package.Class::method}
   * @param taskRoot the folder of the function's code: what lies in its {@code lib} is on its class
   *     path
   * @param classPath of the Java machine itself, beside the runtime client; usually empty
   * @param megabytes its memory, all of which the heap may take
   * @param jvm options beside those every function has
   * @param variables of its environment, beside Lambda's
   * @param snapStart whether it is frozen after its start until {@link #restore}
   * @param log takes its output
   */
  public record Launch(
      String function,
      String handler,
      Path taskRoot,
      List<Path> classPath,
      int megabytes,
      List<String> jvm,
      Map<String, String> variables,
      boolean snapStart,
      Path log) {
    public Launch {
      classPath = List.copyOf(classPath);
      jvm = List.copyOf(jvm);
      variables = Map.copyOf(variables);
    }

    /** The same with other options of the Java machine and other jars on its own class path. */
    public Launch with(List<String> options, List<Path> jars) {
      return new Launch(
          function, handler, taskRoot, jars, megabytes, options, variables, snapStart, log);
    }

    /** The same with its code in another folder. */
    public Launch at(Path root) {
      return new Launch(
          function, handler, root, classPath, megabytes, jvm, variables, snapStart, log);
    }

    /** The same, to be frozen after its start. */
    public Launch withSnapStart() {
      return new Launch(
          function, handler, taskRoot, classPath, megabytes, jvm, variables, true, log);
    }
  }

  private FunctionProcess(RuntimeApi api, Process process) {
    this.api = api;
    this.process = process;
    var unused = process.onExit().thenAccept(ended -> api.ended(ended.exitValue()));
  }

  /** Starts a process; its handler is being made when this returns. */
  public static FunctionProcess start(Launch launch) throws IOException {
    RuntimeApi api =
        new RuntimeApi("arn:aws:lambda:eu-west-1:000000000000:function:" + launch.function());
    try {
      Path folder = launch.log().toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      ProcessBuilder builder =
          new ProcessBuilder(command(launch))
              .directory(launch.taskRoot().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
      environment(builder.environment(), launch, api.address());
      return new FunctionProcess(api, builder.start());
    } catch (IOException | RuntimeException e) {
      api.close();
      throw e;
    }
  }

  private static List<String> command(Launch launch) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + launch.megabytes() + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    // the runtime client talks HTTP by a native library
    command.add("--enable-native-access=ALL-UNNAMED");
    // as the managed runtime has it: by it the code's hooks reach the runtime client's
    command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
    command.addAll(launch.jvm());
    command.add("-cp");
    command.add(
        Stream.concat(
                launch.classPath().stream().map(Path::toAbsolutePath), runtimeClient().stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(AWSLambda.class.getName());
    command.add(launch.handler());
    return command;
  }

  /** What the managed runtime has on its class path. */
  private static List<Path> runtimeClient() {
    return Stream.of(
            AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
        .map(FunctionProcess::jar)
        .distinct()
        .toList();
  }

  private static Path jar(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the jar of " + type.getName() + " has no path", e);
    }
  }

  /**
   * Lambda's own variables.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Defined
   *     runtime environment variables</a>
   */
  private static void environment(Map<String, String> variables, Launch launch, String api) {
    String path = variables.getOrDefault("PATH", "");
    variables.clear();
    variables.put("PATH", path);
    variables.put("TZ", ":UTC");
    variables.put("LANG", "en_US.UTF-8");
    variables.put("_HANDLER", launch.handler());
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    variables.put("AWS_LAMBDA_RUNTIME_API", api);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", launch.function());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(launch.megabytes()));
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + launch.function());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    variables.put(
        "AWS_LAMBDA_INITIALIZATION_TYPE", launch.snapStart() ? "snap-start" : "on-demand");
    variables.put("LAMBDA_TASK_ROOT", launch.taskRoot().toAbsolutePath().toString());
    variables.putAll(launch.variables());
  }

  /** The process's number. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until the handler is made and the first event may come. */
  public void awaitReady(Duration limit)
      throws FunctionErrorException, TimeoutException, InterruptedException {
    await(api.ready(), limit);
  }

  /** Waits until a process with SnapStart may be frozen. */
  public void awaitCheckpoint(Duration limit)
      throws FunctionErrorException, TimeoutException, InterruptedException {
    await(api.checkpointed(), limit);
  }

  /** Lets a process with SnapStart go on. */
  public void restore() {
    api.restore();
  }

  /**
   * Runs the handler with an event; one at a time.
   *
   * @return the result's JSON
   * @throws TimeoutException when the time is over: the process must be {@link #kill}ed then
   */
  public String invoke(String eventJson, Duration timeout)
      throws FunctionErrorException, TimeoutException, InterruptedException {
    return await(api.invoke(eventJson, Instant.now().plus(timeout)), timeout);
  }

  private static <T extends @Nullable Object> T await(CompletableFuture<T> future, Duration limit)
      throws FunctionErrorException, TimeoutException, InterruptedException {
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FunctionErrorException error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Ends the process as Lambda does after a time-out: at once. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    api.close();
  }

  /** Asks the process to end and says whether it did. */
  public boolean end(Duration limit) throws InterruptedException {
    process.destroy();
    return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Asks the process to end, and ends it by force if it does not. */
  @Override
  public void close() {
    try {
      if (!end(LONGEST_END)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    api.close();
  }
}
