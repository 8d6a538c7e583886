package dev.beckon.local.functions;

import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.beckon.local.functions.app.TestFunctions;
import dev.beckon.local.functions.app.TestInjector;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Stages the tests' own function app as the build stages the real one. */
record StagedFolder(Path folder) {
  static final String HOST =
      """
      {"version": "2.0",
       "functionTimeout": "00:05:00",
       "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.0.0, 5.0.0)"},
       "extensions": {
         "http": {"routePrefix": ""},
         "queues": {"batchSize": 2, "newBatchThreshold": 1, "maxDequeueCount": 3,
                    "maxPollingInterval": "00:00:01", "visibilityTimeout": "00:00:01"}}}
      """;

  private static final String TYPE = TestFunctions.class.getName();
  private static final String JAR = "tests.jar";

  /** With host.json, the jar and its library, and no function. */
  static StagedFolder in(Path folder) throws IOException {
    StagedFolder staged = new StagedFolder(folder);
    Files.createDirectories(folder.resolve("lib"));
    staged.host(HOST);
    jar(folder.resolve(JAR));
    Path annotations = origin(QueueTrigger.class);
    Files.copy(annotations, folder.resolve("lib").resolve(annotations.getFileName().toString()));
    return staged;
  }

  StagedFolder host(String json) throws IOException {
    Files.writeString(folder.resolve("host.json"), json);
    return this;
  }

  StagedFolder function(String name, String entryPoint, String... bindings) throws IOException {
    return described(
        name,
        "{\"scriptFile\": \"../%s\", \"entryPoint\": \"%s.%s\", \"bindings\": [%s]}"
            .formatted(JAR, TYPE, entryPoint, String.join(", ", bindings)));
  }

  StagedFolder described(String name, String json) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve("function.json"), json);
    return this;
  }

  StagedFolder work(String name) throws IOException {
    return function(name, "work", binding("queueTrigger", "message", "queueName", "%QUEUE%"));
  }

  StagedFolder forward() throws IOException {
    return function(
        "forward",
        "forward",
        """
        {"type": "queueTrigger", "direction": "in", "name": "message", "queueName": "raw",
         "connection": "Store", "dataType": "binary"}\
        """,
        out("forwarded"));
  }

  StagedFolder http() throws IOException {
    function(
        "echo",
        "echo",
        """
        {"type": "httpTrigger", "direction": "in", "name": "request", "route": "{*path}",
         "methods": ["GET", "HEAD", "POST"], "authLevel": "ANONYMOUS"}\
        """,
        "{\"type\": \"http\", \"direction\": \"out\", \"name\": \"$return\"}");
    function(
        "a-keyed",
        "bytes",
        """
        {"type": "httpTrigger", "direction": "in", "name": "request", "route": "keyed",
         "authLevel": "FUNCTION"}\
        """,
        "{\"type\": \"http\", \"direction\": \"out\", \"name\": \"$return\"}");
    return function(
        "bytes",
        "bytes",
        """
        {"type": "httpTrigger", "direction": "in", "name": "request", "route": "in/bytes",
         "methods": ["POST"], "authLevel": "ANONYMOUS"}\
        """,
        "{\"type\": \"http\", \"direction\": \"out\", \"name\": \"$return\"}");
  }

  StagedFolder tick(String schedule) throws IOException {
    return function(
        "tick", "tick", binding("timerTrigger", "timer", "schedule", schedule), out("ticks"));
  }

  static String binding(String type, String name, String property, String value) {
    return """
    {"type": "%s", "direction": "in", "name": "%s", "%s": "%s", "connection": "Store"}\
    """
        .formatted(type, name, property, value);
  }

  static String out(String queue) {
    return """
    {"type": "queue", "direction": "out", "name": "out", "queueName": "%s", "connection": "Store"}\
    """
        .formatted(queue);
  }

  private static void jar(Path file) throws IOException {
    Path classes = origin(TestFunctions.class);
    try (OutputStream bytes = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(bytes);
        Stream<Path> files =
            Files.walk(classes.resolve(TestFunctions.class.getPackageName().replace('.', '/')))) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, jar);
      }
      jar.putNextEntry(
          new JarEntry(
              "META-INF/services/com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector"));
      jar.write(TestInjector.class.getName().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
