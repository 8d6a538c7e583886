package dev.beckon.local.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.beckon.local.serve.SampleRequest.Expectation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the requests of {@code .http} files as an IDE does, and holds their answers against the
 * comments beside them.
 */
final class SampleRunner implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^{}]+)}}");
  private static final Pattern QUOTED = Pattern.compile("(\\w+)\\.response\\.body\\.(\\$.*)");
  private static final Pattern STEP = Pattern.compile("\\.(\\w+)|\\[(\\d+)]|\\['([^']+)']");
  private static final String DOTENV = "$dotenv ";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private final Map<String, String> given;
  private final Map<String, JsonNode> answers = new HashMap<>();

  /**
   * @param given variables, which go before those of the files and those of {@code .env}
   */
  SampleRunner(Path folder, Map<String, String> given) {
    this.folder = folder;
    this.given = given;
  }

  /** Makes every request of a file, in order. */
  void run(Path file) throws IOException, InterruptedException {
    SampleRequest.SampleFile sample = SampleRequest.SampleFile.read(file);
    Map<String, String> variables = new HashMap<>(sample.variables());
    variables.putAll(given);
    for (SampleRequest request : sample.requests()) {
      String where = file.getFileName() + ", '" + request.title() + "': ";
      JsonNode answer = answer(where, request, variables);
      for (Expectation check : request.checks()) {
        String wanted = filled(check.value(), variables);
        if (!holds(answer, check.path(), wanted)) {
          throw new AssertionError(
              where + check.path() + " is not " + wanted + " in " + answer.toPrettyString());
        }
      }
      if (request.name() != null) {
        answers.put(request.name(), answer);
      }
    }
  }

  private JsonNode answer(String where, SampleRequest request, Map<String, String> variables)
      throws IOException, InterruptedException {
    Expectation until = request.until();
    int seconds = Math.max(request.seconds(), until == null ? 0 : until.seconds());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (true) {
      HttpResponse<String> response = send(request, variables);
      boolean status = request.statuses().contains(response.statusCode());
      JsonNode answer = json(response);
      if (status && (until == null || holds(answer, until.path(), until.value()))) {
        return answer;
      }
      boolean mayChange = status || request.seconds() > 0;
      if (!mayChange || System.nanoTime() > end) {
        throw new AssertionError(
            where
                + (status ? until + " is not so: " : "expected " + request.statuses() + ", not ")
                + response.statusCode()
                + " "
                + response.body());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  private HttpResponse<String> send(SampleRequest request, Map<String, String> variables)
      throws IOException, InterruptedException {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(URI.create(filled(request.url(), variables)))
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(body(request, variables)));
    request.headers().forEach((name, value) -> http.header(name, filled(value, variables)));
    return client.send(http.build(), BodyHandlers.ofString());
  }

  /** Lines of a form end as RFC 2046 says; a line {@code < ./file} is that file. */
  private byte[] body(SampleRequest request, Map<String, String> variables) throws IOException {
    boolean form = request.headers().getOrDefault("Content-Type", "").startsWith("multipart/");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (String line : request.body()) {
      if (line.startsWith("< ")) {
        body.write(Files.readAllBytes(folder.resolve(line.substring(2))));
      } else {
        body.write(filled(line, variables).getBytes(StandardCharsets.UTF_8));
      }
      body.write((form ? "\r\n" : "\n").getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = body.toByteArray();
    return form
        ? bytes
        : body.toString(StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
  }

  private String filled(String text, Map<String, String> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(filled(value(found.group(1), variables), variables)));
  }

  private String value(String variable, Map<String, String> variables) {
    Matcher quoted = QUOTED.matcher(variable);
    if (quoted.matches()) {
      JsonNode answer = answers.getOrDefault(quoted.group(1), MissingNode.getInstance());
      return text(at(answer, quoted.group(2)), variable);
    }
    String name = variable.startsWith(DOTENV) ? variable.substring(DOTENV.length()) : variable;
    String value = variables.get(name);
    if (value == null) {
      throw new AssertionError("nothing gives {{" + variable + "}} a value");
    }
    return value;
  }

  private static String text(JsonNode node, String variable) {
    if (node.isMissingNode()) {
      throw new AssertionError("no answer holds {{" + variable + "}}");
    }
    return node.asText();
  }

  private static boolean holds(JsonNode answer, String path, String wanted) {
    JsonNode node = at(answer, path);
    return (node.isContainerNode() ? node.toString() : node.asText("")).equals(wanted)
        && !node.isMissingNode();
  }

  private static JsonNode at(JsonNode answer, String path) {
    JsonNode node = answer;
    Matcher step = STEP.matcher(path.substring(1));
    while (step.find()) {
      if (step.group(2) != null) {
        node = node.path(Integer.parseInt(step.group(2)));
      } else {
        node = node.path(step.group(1) == null ? step.group(3) : step.group(1));
      }
    }
    return node;
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    boolean json =
        response.headers().firstValue("content-type").orElse("").contains("json")
            && !response.body().isEmpty();
    return json ? JSON.readTree(response.body()) : MissingNode.getInstance();
  }

  @Override
  public void close() {
    client.close();
  }
}
