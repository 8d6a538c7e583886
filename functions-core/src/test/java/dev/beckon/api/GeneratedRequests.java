package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.fuzz.JsonMangler;
import dev.beckon.fuzz.Mangler;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Makes requests of an OpenAPI document: sound ones, ones that are wrong in one place, and damaged
 * ones.
 */
final class GeneratedRequests {
  private static final List<String> HOSTILE =
      List.of(
          "..",
          "%2e%2e",
          "<script>alert(1)</script>",
          "=HYPERLINK(\"x\")",
          "\u0000",
          "a\r\nb: c",
          "' || '1'=='1",
          "{$gt: \"\"}",
          "\uD83C\uDF89",
          "x".repeat(2_000),
          "-1",
          "null",
          "~test",
          " ");

  private final ObjectNode document;
  private final List<Endpoint> endpoints;

  /** Values that mean something, by the name of the parameter that takes them. */
  private final Map<String, List<String>> known;

  private final List<String> credentials;

  GeneratedRequests(
      ObjectNode document,
      List<Endpoint> endpoints,
      Map<String, List<String>> known,
      List<String> credentials) {
    this.document = document;
    this.endpoints = endpoints;
    this.known = known;
    this.credentials = credentials;
  }

  /** A request and the operation that it is meant for. */
  record Generated(Endpoint endpoint, JsonNode operation, RawRequest request) {
    @Override
    public String toString() {
      String body;
      try {
        body = new String(request.body().read(10_000_000), StandardCharsets.UTF_8);
      } catch (Exception e) {
        body = e.toString();
      }
      return request.method()
          + " "
          + request.path()
          + "?"
          + request.query()
          + "\n"
          + request.headers()
          + "\n"
          + body;
    }
  }

  Generated next(Random random) {
    Endpoint endpoint = endpoints.get(random.nextInt(endpoints.size()));
    JsonNode item = document.path("paths").path(endpoint.path());
    JsonNode operation = item.path(endpoint.method().toLowerCase(Locale.ROOT));
    SchemaSamples samples = new SchemaSamples(document, random);
    String path = endpoint.path();
    List<String> query = new ArrayList<>();
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    List<JsonNode> parameters = new ArrayList<>();
    item.path("parameters").forEach(parameters::add);
    operation.path("parameters").forEach(parameters::add);
    for (JsonNode written : parameters) {
      JsonNode parameter =
          written.has("$ref") ? document.at(written.path("$ref").asText().substring(1)) : written;
      String name = parameter.path("name").asText();
      boolean needed = parameter.path("required").asBoolean();
      if (!needed && random.nextInt(10) < 6) {
        continue;
      }
      String value = value(parameter, samples, random);
      switch (parameter.path("in").asText()) {
        case "path" -> path = path.replace("{" + name + "}", encoded(value));
        case "query" -> query.add(name + "=" + encoded(value));
        default -> headers.add(Map.entry(name, value.replaceAll("[^ -~]", "?")));
      }
    }
    if (random.nextInt(25) == 0 || endpoint.path().startsWith("/a/")) {
      query.add("nobody=knows"); // links with answers take names of anybody's choice
    }
    if (random.nextInt(15) != 0) {
      headers.add(
          Map.entry(
              "Authorization", "Bearer " + credentials.get(random.nextInt(credentials.size()))));
    }
    RawBody body = body(operation.path("requestBody"), samples, headers, random);
    return new Generated(
        endpoint,
        operation,
        new RawRequest(
            endpoint.method(), path, String.join("&", query), headers, body, "192.0.2.1", "r1"));
  }

  private String value(JsonNode parameter, SchemaSamples samples, Random random) {
    List<String> meaningful = known.getOrDefault(parameter.path("name").asText(), List.of());
    int choice = random.nextInt(10);
    if (choice < 6 && !meaningful.isEmpty()) {
      return meaningful.get(random.nextInt(meaningful.size()));
    }
    if (choice == 9) {
      return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }
    return samples.sample(parameter.path("schema")).asText();
  }

  private RawBody body(
      JsonNode described,
      SchemaSamples samples,
      List<Map.Entry<String, String>> headers,
      Random random) {
    if (described.isMissingNode()) {
      return random.nextInt(10) == 0 ? RawBody.text("{\"nobody\": \"asked\"}") : RawBody.NONE;
    }
    Map.Entry<String, JsonNode> content = described.path("content").properties().iterator().next();
    JsonNode sound = meaningful(samples.sample(content.getValue().path("schema")), random);
    String text =
        content.getKey().endsWith("json")
            ? switch (random.nextInt(10)) {
              case 0, 1 -> new JsonMangler(random).document(sound);
              case 2 -> new Mangler(random).text(sound.toString());
              default -> sound.toString();
            }
            : form(sound);
    headers.add(
        Map.entry("Content-Type", random.nextInt(20) == 0 ? "text/plain" : content.getKey()));
    if (random.nextInt(12) == 0) {
      headers.add(Map.entry("Content-Encoding", random.nextInt(4) == 0 ? "br" : "gzip"));
      return RawBody.base64(Base64.getEncoder().encodeToString(gzip(text)));
    }
    return RawBody.text(text);
  }

  /** Puts values that exist in the place of made-up ones, by the names of their fields. */
  private JsonNode meaningful(JsonNode sample, Random random) {
    JsonNode copy = sample.deepCopy();
    known.forEach((name, values) ->
        copy.findParents(name)
            .forEach(parent -> {
              if (parent.path(name).isTextual() && random.nextInt(3) > 0) {
                ((ObjectNode) parent).put(name, values.get(random.nextInt(values.size())));
              }
            }));
    return copy;
  }

  private static String form(JsonNode sound) {
    List<String> fields = new ArrayList<>();
    sound
        .properties()
        .forEach(field ->
            fields.add(encoded(field.getKey()) + "=" + encoded(field.getValue().asText())));
    return String.join("&", fields);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
