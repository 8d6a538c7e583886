package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Caller;
import dev.beckon.json.JsonReader;
import dev.beckon.json.StrictJson;
import dev.beckon.web.Problem;
import dev.beckon.web.Problem.Fault;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request that found its endpoint, with what its path names and who made it. */
public final class Call {
  private static final StrictJson JSON = new StrictJson();
  private static final Pattern JSON_TYPE =
      Pattern.compile("application/(json|[a-z.+-]+\\+json)(;.*)?", Pattern.CASE_INSENSITIVE);

  private final WebRequest request;
  private final Map<String, String> path;
  private final @Nullable Caller caller;

  Call(WebRequest request, Map<String, String> path, @Nullable Caller caller) {
    this.request = request;
    this.path = Map.copyOf(path);
    this.caller = caller;
  }

  public WebRequest request() {
    return request;
  }

  /** What stands in the path where its template has this name. */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no " + name);
    }
    return value;
  }

  /**
   * Who made it.
   *
   * @throws IllegalStateException at an endpoint that is open to everybody
   */
  public Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("open endpoints know no caller");
    }
    return caller;
  }

  /** A parameter of the query; absent or empty counts as none. Of several the first. */
  public Optional<String> query(String name) {
    return request.query().getOrDefault(name, List.of()).stream()
        .findFirst()
        .filter(value -> !value.isEmpty());
  }

  /**
   * Refuses parameters that mean nothing here, so that a misspelt one is not silently without
   * effect.
   */
  public void knownQuery(String... names) throws ProblemException {
    Set<String> known = Set.of(names);
    List<Fault> faults =
        request.query().keySet().stream()
            .filter(name -> !known.contains(name))
            .sorted()
            .map(name ->
                new Fault(
                    "query",
                    "a parameter is not known here",
                    "use only " + String.join(", ", known.stream().sorted().toList())))
            .toList();
    if (!faults.isEmpty()) {
      throw Problems.invalid(faults);
    }
  }

  /** The body as text, of whatever type it says it is. */
  public String text(int most) throws UnreadableRequestException {
    return request.read(most).text();
  }

  /**
   * The body, which must be one JSON object, as something to be read field by field.
   *
   * @param most bytes of it
   * @throws ProblemException naming everything that is wrong with it
   */
  public <T> T json(int most, Function<JsonReader, T> reading)
      throws ProblemException, UnreadableRequestException {
    return json(jsonText(most), reading);
  }

  /** The body as text, if it says that it is JSON. */
  String jsonText(int most) throws ProblemException, UnreadableRequestException {
    String type = request.header("content-type").orElse("application/json");
    if (!JSON_TYPE.matcher(type).matches()) {
      throw new ProblemException(
          new Problem(
              415,
              "not-json",
              "The body must be JSON",
              "send it with Content-Type: application/json"));
    }
    return text(most);
  }

  /** The body, which must be one JSON object, as it is. */
  public ObjectNode object(int most) throws ProblemException, UnreadableRequestException {
    return (ObjectNode) json(most, JsonReader::node);
  }

  /** {@link #json(int, Function)} of a body that was read already. */
  static <T> T json(String text, Function<JsonReader, T> reading) throws ProblemException {
    List<String> problems = new ArrayList<>();
    T read = reading.apply(new JsonReader(parsed(text), "", problems));
    if (!problems.isEmpty()) {
      throw Problems.invalid(problems.stream().map(Fault::of).toList());
    }
    return read;
  }

  /** What a text of JSON says. */
  static JsonNode parsed(String text) throws ProblemException {
    try {
      return JSON.parse(text);
    } catch (StrictJson.MalformedException e) {
      throw new ProblemException(
          new Problem(
              400,
              "malformed-json",
              "The body is not readable JSON",
              String.valueOf(e.getMessage())));
    }
  }
}
