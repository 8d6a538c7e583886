package dev.beckon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests as the host hands them to functions; no storage is needed. */
class HttpRulesTest {
  @TempDir Path folder;
  private FunctionsHost host;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    StagedFolder.in(folder).http();
    host = FunctionsHost.start(FunctionsHostSettings.of(folder), Map.of(), () -> {});
  }

  @AfterEach
  void stop() {
    client.close();
    host.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(host.url() + path));
  }

  private HttpResponse<String> text(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void request_oddPathAndQuery_arriveAsTheServerReadsThem() throws Exception {
    HttpResponse<String> reply = text(to("/a/../b%2Fc//%c3%b6/?x=%20&y").GET());

    assertThat(reply.statusCode()).isEqualTo(299);
    assertThat(reply.body()).isEqualTo("GET (none)");
    assertThat(reply.headers().firstValue("X-Path")).contains("/b%2Fc//%C3%B6/");
    assertThat(reply.headers().firstValue("X-Query")).contains("x=%20&y");
    assertThat(reply.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
  }

  @Test
  void request_headOfAPath_hasLengthAndNoBody() throws Exception {
    HttpResponse<String> reply = text(to("/").method("HEAD", BodyPublishers.noBody()));

    assertThat(reply.statusCode()).isEqualTo(299);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.headers().firstValueAsLong("Content-Length")).hasValue(11);
  }

  @Test
  void request_textBody_isText() throws Exception {
    HttpResponse<String> reply =
        text(
            to("/x")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"ö\": 1}")));

    assertThat(reply.body()).isEqualTo("POST {\"ö\": 1}");
  }

  @Test
  void request_withoutALength_hasNoBodyForTheFunction() throws Exception {
    HttpResponse<String> reply =
        text(
            to("/x")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream("lost".getBytes(StandardCharsets.UTF_8)))));

    assertThat(reply.body()).isEqualTo("POST (none)");
  }

  @Test
  void request_binaryBody_isBytesOnlyAsOctets() throws Exception {
    byte[] body = {0, (byte) 0xff, 13, 10, (byte) 0xc3};

    HttpResponse<byte[]> octets =
        client.send(
            to("/in/bytes")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofByteArray());
    HttpResponse<String> zipped =
        text(
            to("/in/bytes")
                .header("Content-Type", "application/zip")
                .POST(BodyPublishers.ofByteArray(body)));

    assertThat(octets.statusCode()).isEqualTo(200);
    assertThat(octets.body()).isEqualTo(body);
    assertThat(zipped.statusCode()).isEqualTo(500);
  }

  @Test
  void request_octetsForAFunctionThatTakesText_fails() throws Exception {
    HttpResponse<String> reply =
        text(
            to("/x")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString("word")));

    assertThat(reply.statusCode()).isEqualTo(500);
  }

  @Test
  void request_methods_decideTheRoute() throws Exception {
    assertThat(text(to("/in/bytes").GET()).statusCode()).isEqualTo(299);
    assertThat(text(to("/x").DELETE()).statusCode()).isEqualTo(404);
  }

  @Test
  void request_functionThatWantsAKey_isRefused() throws Exception {
    assertThat(text(to("/keyed").POST(BodyPublishers.noBody())).statusCode()).isEqualTo(401);
  }
}
