package dev.beckon.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorSinkTest {

  private final SimulatorSink sink = SimulatorSink.start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    http.close();
    sink.close();
  }

  @Test
  void post_repeatedReference_isCounted() throws Exception {
    assertThat(
            post("{\"run\":{\"x\":[1]},\"messages\":[{\"reference\":\"a\",\"to\":{}},"
                    + "{\"text\":[[]],\"reference\":\"b\"}]}")
                .body())
        .isEqualTo("{\"accepted\":2}");
    post("{\"messages\":[{\"reference\":\"a\"}]}");

    assertThat(sink.ledger().total()).isEqualTo(3);
    assertThat(sink.ledger().distinct()).isEqualTo(2);
    assertThat(sink.ledger().repeated()).isEqualTo(Map.of("a", 2));
    assertThat(sink.ledger().has("b")).isTrue();
    assertThat(sink.ledger().references()).containsExactly("a", "b");
    assertThat(sink.ledger().complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"messages\":[{\"reference\":\"a\"},{\"text\":\"no reference\"}]}",
        "{\"messages\":[{\"reference\":\"a\"}",
        "{\"messages\":[{\"x\":[[[[[[[[[[[[[[[[[[[[[[[["
      })
  void post_malformed_countsNothing(String body) throws Exception {
    assertThat(post(body).statusCode()).isEqualTo(400);
    assertThat(sink.ledger().total()).isZero();
  }

  private HttpResponse<String> post(String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(sink.url()).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
