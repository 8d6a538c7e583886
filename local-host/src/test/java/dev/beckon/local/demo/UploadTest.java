package dev.beckon.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.filedrop.ObjectTickets.Upload;
import dev.beckon.filedrop.SignedRequests;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file sent to the bucket by a signed form goes the whole way that a dropped one goes. */
class UploadTest {
  private static final String FILE =
      """
      email,first_name,last_name,language,city,store
      lena.krueger@example.com,Lena,Krüger,de,Berlin,Hackescher Markt
      nobody,Nob,Ody,de,Berlin,Hackescher Markt
      oscar.whitaker@example.org,Oscar,Whitaker,en,Dublin,Portobello
      """;

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private Rig rig;
  private String key;

  @Test
  void upload_bySignedForm_isImportedAndSent() throws Exception {
    try (Rig started = Rig.start(folder, 0, 0, Duration.ZERO)) {
      rig = started;
      rig.worker();
      key = key(Scope.DISPATCH, Scope.READ, Scope.OPERATE);
      JsonNode offered =
          json(
              201,
              asked("/v1/imports")
                  .POST(
                      BodyPublishers.ofString(
                          """
                          {"feed": "store-visits", "fileName": "Gäste.csv", "size": 1000}
                          """)));
      Upload upload = upload(offered.path("request"));
      assertThat(SignedRequests.send(tampered(upload), FILE.getBytes(UTF_8))).isEqualTo(403);
      assertThat(SignedRequests.send(upload, "x".repeat(2_000).getBytes(UTF_8))).isEqualTo(400);
      String found = "/v1/imports?upload=" + offered.path("upload").asText();
      assertThat(json(200, asked(found)).path("items")).isEmpty();

      assertThat(SignedRequests.send(upload, FILE.getBytes(UTF_8))).isEqualTo(204);
      rig.await(1);

      String id = json(200, asked(found)).path("items").path(0).path("import").asText();
      JsonNode standing = json(200, asked("/v1/imports/" + id));
      assertThat(standing.path("percent").asInt()).isEqualTo(100);
      assertThat(standing.path("fileName").asText()).isEqualTo("Gäste.csv");
      assertThat(standing.path("states").toString()).isEqualTo("{\"SENT\":2}");
      assertThat(standing.path("refused").toString()).isEqualTo("{\"email-no-at\":1}");
      assertThat(rig.cloud.smtp().ledger().total()).isEqualTo(2);
      HttpResponse<String> refused = sent(asked(standing.path("refusedRows").asText()));
      assertThat(refused.statusCode()).isEqualTo(200);
      assertThat(refused.body().lines()).hasSize(2).anyMatch(line -> line.contains("email-no-at"));
    }
  }

  private String key(Scope... scopes) {
    return rig.cloud
        .application()
        .keys()
        .issue(
            rig.stores().accounts().ofFeed("store-visits").orElseThrow().id(),
            new KeyGrant("test", KeyKind.LIVE, Set.of(scopes), Set.of(), 600, null),
            "ann")
        .text()
        .reveal();
  }

  private HttpRequest.Builder asked(String path) {
    return HttpRequest.newBuilder(URI.create(rig.cloud.publicUrl() + path))
        .header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> sent(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode json(int status, HttpRequest.Builder request) throws Exception {
    HttpResponse<String> reply = sent(request);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    return JsonMapper.builder().build().readTree(reply.body());
  }

  private static Upload upload(JsonNode request) {
    Map<String, String> fields = new HashMap<>();
    request
        .path("fields")
        .properties()
        .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
    return new Upload(
        request.path("method").asText(),
        URI.create(request.path("url").asText()),
        fields,
        Map.of(),
        Instant.parse(request.path("expiresAt").asText()),
        request.path("maxBytes").asLong());
  }

  private static Upload tampered(Upload upload) {
    Map<String, String> fields = new HashMap<>(upload.fields());
    fields.put("key", "deliveries/incoming/other.csv");
    return new Upload(
        upload.method(),
        upload.url(),
        fields,
        upload.headers(),
        upload.expiresAt(),
        upload.mostBytes());
  }
}
