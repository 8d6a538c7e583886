package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What no endpoint may take, tried on every one that takes JSON or has a name in its path. */
class HostileRequestsTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MEGABYTE = 1024 * 1024;

  private static Plant plant;
  private static WebDoor door;
  private static String key;
  private static JsonNode document;

  @BeforeAll
  static void start() throws IOException {
    plant = MONGO.plant();
    plant.application.configure(Plant.ACCOUNT);
    door = plant.application.webDoor();
    KeyGrant grant =
        new KeyGrant(
            "all",
            KeyKind.LIVE,
            EnumSet.allOf(Scope.class),
            Set.of(),
            KeyGrant.MOST_PER_MINUTE,
            null);
    key = plant.application.keys().issue("acme", grant, "test").text().reveal();
    document = JSON.readTree(door.answer(RawRequest.of("GET", "/openapi.json")).body());
  }

  @AfterAll
  static void stop() {
    plant.close();
  }

  /** Endpoints whose body is JSON. */
  private static List<Endpoint> takingJson() {
    List<Endpoint> found = new ArrayList<>();
    for (Endpoint endpoint : door.routes().endpoints()) {
      JsonNode operation =
          document
              .path("paths")
              .path(endpoint.path())
              .path(endpoint.method().toLowerCase(Locale.ROOT));
      if (operation.path("requestBody").path("content").has("application/json")) {
        found.add(endpoint);
      }
    }
    assertThat(found).hasSizeGreaterThan(10);
    return found;
  }

  private static String path(Endpoint endpoint) {
    return endpoint
        .path()
        .replace("{dispatch}", "stay")
        .replace("{channel}", "email")
        .replaceAll("\\{[a-z]+}", "en");
  }

  private static WebReply send(Endpoint endpoint, byte[] body, String... headers) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    all.add(Map.entry("Authorization", "Bearer " + key));
    all.add(Map.entry("Content-Type", "application/json"));
    all.add(Map.entry("If-Match", "*"));
    for (int i = 0; i < headers.length; i += 2) {
      all.add(Map.entry(headers[i], headers[i + 1]));
    }
    return door.answer(
        new RawRequest(
            endpoint.method(),
            path(endpoint),
            "",
            all,
            RawBody.stream(new ByteArrayInputStream(body)),
            "192.0.2.1",
            "r1"));
  }

  private static void refusedByName(Endpoint endpoint, WebReply reply, Integer... statuses)
      throws IOException {
    assertThat(reply.status()).as(endpoint.name() + " " + reply.body()).isIn((Object[]) statuses);
    assertThat(reply.contentType()).as(endpoint.name()).isEqualTo("application/problem+json");
    assertThat(JSON.readTree(reply.body()).path("detail").asText())
        .as(endpoint.name())
        .isNotBlank()
        .doesNotContain("canary");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zipped(byte[] pattern, int times) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < times; i++) {
        out.write(pattern);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void body_oversized_isRefusedBeforeItIsParsed() throws IOException {
    byte[] large = utf8("{\"canary\": \"" + "x".repeat(5 * MEGABYTE) + "\"}");
    for (Endpoint endpoint : takingJson()) {
      refusedByName(endpoint, send(endpoint, large), 413);
    }
  }

  @Test
  void body_bombOfAFifthOfAGigabyte_isRefusedWithoutBeingUnpacked() throws IOException {
    byte[] bomb = zipped(new byte[MEGABYTE], 200);
    assertThat(bomb.length).isLessThan(MEGABYTE);
    for (Endpoint endpoint : takingJson()) {
      refusedByName(endpoint, send(endpoint, bomb, "Content-Encoding", "gzip"), 413);
    }
  }

  @Test
  void body_nestedDeeply_isRefused() throws IOException {
    byte[] deep = utf8("{\"canary\": " + "[".repeat(50_000) + "]".repeat(50_000) + "}");
    for (Endpoint endpoint : takingJson()) {
      refusedByName(endpoint, send(endpoint, deep), 400, 413);
    }
  }

  @Test
  void body_sameKeyTwice_isRefused() throws IOException {
    byte[] twice = utf8("{\"canary\": 1, \"canary\": 2}");
    for (Endpoint endpoint : takingJson()) {
      refusedByName(endpoint, send(endpoint, twice), 400);
    }
  }

  @Test
  void body_notUtf8NotJsonOrNoObject_isRefused() throws IOException {
    for (Endpoint endpoint : takingJson()) {
      byte[] broken = utf8("{\"canary\": \"?\"}");
      broken[12] = (byte) 0xff;
      refusedByName(endpoint, send(endpoint, broken), 400);
      refusedByName(endpoint, send(endpoint, utf8("{\"canary\": tru")), 400);
      refusedByName(endpoint, send(endpoint, utf8("[\"canary\"]")), 422);
      refusedByName(endpoint, send(endpoint, utf8("\"canary\"")), 422);
      refusedByName(endpoint, send(endpoint, new byte[0]), 400);
      refusedByName(endpoint, send(endpoint, utf8("{}{\"canary\": 1}")), 400);
    }
  }

  @Test
  void body_ofAnotherTypeOrCoding_isRefused() throws IOException {
    for (Endpoint endpoint : takingJson()) {
      WebReply form =
          door.answer(
              new RawRequest(
                  endpoint.method(),
                  path(endpoint),
                  "",
                  List.of(
                      Map.entry("Authorization", "Bearer " + key),
                      Map.entry("If-Match", "*"),
                      Map.entry("Content-Type", "application/x-www-form-urlencoded")),
                  RawBody.text("canary=1"),
                  "192.0.2.1",
                  "r1"));
      refusedByName(endpoint, form, 415);
      refusedByName(endpoint, send(endpoint, utf8("{}"), "Content-Encoding", "br"), 415);
      refusedByName(endpoint, send(endpoint, utf8("{}"), "Content-Encoding", "gzip"), 400);
    }
  }

  @Test
  void path_traversalMarkupAndControls_findNothing() {
    for (Endpoint endpoint : door.routes().endpoints()) {
      if (!endpoint.path().contains("{")) {
        continue;
      }
      for (String hostile :
          List.of(
              "..",
              "%2e%2e",
              "..%2f..%2fetc",
              "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
              "%00",
              "a%0d%0aSet-Cookie:%20x",
              "%24where",
              "=1+1",
              "~test",
              "x".repeat(500))) {
        WebReply reply =
            door.answer(
                new RawRequest(
                    endpoint.method(),
                    endpoint.path().replaceAll("\\{[a-z]+}", hostile.replace("$", "\\$")),
                    "",
                    List.of(
                        Map.entry("Authorization", "Bearer " + key),
                        Map.entry("If-Match", "*"),
                        Map.entry("Content-Type", "application/json")),
                    RawBody.text("{}"),
                    "192.0.2.1",
                    "r1"));
        assertThat(reply.status()).as(endpoint.name() + " " + hostile).isBetween(400, 499);
        assertThat(reply.body()).doesNotContain("<script>alert");
        assertThat(reply.headers().values()).noneMatch(value -> value.contains("Set-Cookie"));
      }
    }
  }
}
