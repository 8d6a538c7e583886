package dev.beckon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
  private static RawRequest request(String path, String query, RawBody body) {
    return new RawRequest("GET", path, query, List.of(), body, "192.0.2.1", "r1");
  }

  @Test
  void read_encodedRequest_isDecodedOnce() throws Exception {
    WebRequest request =
        RequestReader.read(
            new RawRequest(
                "POST",
                "/v1/na%C3%AFve%20%2532",
                "a=1&a=two+words&b%3D=%2B&flag&&e=x=y",
                List.of(
                    Map.entry("Accept", "text/html, text/plain"),
                    Map.entry("ACCEPT", " application/json "),
                    Map.entry("X-Api-Key", "k")),
                RawBody.text("{\"ä\":1}"),
                "192.0.2.1",
                "r1"));

    assertThat(request.path()).isEqualTo("/v1/naïve %32");
    assertThat(request.query())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "a", List.of("1", "two words"),
                "b=", List.of("+"),
                "flag", List.of(""),
                "e", List.of("x=y")));
    assertThat(request.header("accept")).contains("text/html, text/plain, application/json");
    assertThat(request.headerList("accept"))
        .containsExactly("text/html", "text/plain", "application/json");
    assertThat(request.header("x-api-key")).contains("k");
    assertThat(request.header("cookie")).isEmpty();
    assertThat(request.read(100).text()).isEqualTo("{\"ä\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "u",
        "/%",
        "/%4",
        "/%zz",
        "/%２０",
        "/%ff",
        "/a%2Fb",
        "/a%2fb",
        "/a/../b",
        "/..",
        "/.",
        "/%2e%2e/b",
        "/a%5Cb",
        "/a%00",
        "/a b",
        "/ä",
        "/a\u0000",
        "/%C0%AF",
        "/%ED%A0%80"
      })
  void read_unreadablePath_isRefused(String path) {
    assertThatThrownBy(() -> RequestReader.read(request(path, "", RawBody.NONE)))
        .isInstanceOfSatisfying(
            UnreadableRequestException.class,
            refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%e4", "a b", "%c3=1"})
  void read_unreadableQuery_isRefused(String query) {
    assertThatThrownBy(() -> RequestReader.read(request("/", query, RawBody.NONE)))
        .isInstanceOf(UnreadableRequestException.class)
        .hasMessageStartingWith("the query ");
  }

  @Test
  void read_tooManyParametersOrTooLongAHead_isRefused() {
    assertThatThrownBy(() -> RequestReader.read(request("/", "a&".repeat(100), RawBody.NONE)))
        .hasMessage("the query has more than 100 parameters");
    assertThatThrownBy(
            () -> RequestReader.read(request("/" + "a".repeat(32 * 1024), "", RawBody.NONE)))
        .isInstanceOfSatisfying(
            UnreadableRequestException.class,
            refusal -> assertThat(refusal.status()).isEqualTo(431));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "get", "GET POST", "GET\n"})
  void read_oddMethod_isRefused(String method) {
    RawRequest raw = new RawRequest(method, "/", "", List.of(), RawBody.NONE, "", "r1");

    assertThatThrownBy(() -> RequestReader.read(raw))
        .isInstanceOf(UnreadableRequestException.class);
  }

  @Test
  void read_headerThatWouldSplit_isRefused() {
    for (Map.Entry<String, String> header :
        List.of(Map.entry("a b", "x"), Map.entry("", "x"), Map.entry("a", "x\r\nb: y"))) {
      RawRequest raw = new RawRequest("GET", "/", "", List.of(header), RawBody.NONE, "", "r1");

      assertThatThrownBy(() -> RequestReader.read(raw))
          .isInstanceOf(UnreadableRequestException.class)
          .hasMessageStartingWith("a header's name");
    }
  }

  static Stream<Arguments> bodies() {
    List<Arguments> bodies = new ArrayList<>();
    for (int length : new int[] {0, 1, 9, 10, 11, 12, 13, 1000}) {
      byte[] bytes = "x".repeat(length).getBytes(StandardCharsets.UTF_8);
      bodies.add(Arguments.of(length, RawBody.text("x".repeat(length))));
      bodies.add(Arguments.of(length, RawBody.base64(Base64.getEncoder().encodeToString(bytes))));
      bodies.add(Arguments.of(length, RawBody.stream(new ByteArrayInputStream(bytes))));
    }
    return bodies.stream();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void body_ofEveryOrigin_isBoundedToTheByte(int length, RawBody body) throws Exception {
    if (length <= 10) {
      assertThat(body.read(10)).hasSize(length);
    } else {
      assertThatThrownBy(() -> body.read(10))
          .isInstanceOfSatisfying(
              UnreadableRequestException.class,
              refusal -> assertThat(refusal.status()).isEqualTo(413));
    }
  }

  @Test
  void body_textOfWideCharacters_countsBytes() {
    assertThatThrownBy(() -> RawBody.text("äääääö").read(10)).hasMessageContaining("10 bytes");
  }

  @Test
  void body_notUtf8_isRefusedAsText() throws Exception {
    WebRequest request = RequestReader.read(request("/", "", RawBody.base64("/w==")));

    assertThat(request.read(100).bytes()).containsExactly(0xff);
    assertThatThrownBy(() -> request.read(100).text())
        .isInstanceOf(UnreadableRequestException.class);
  }
}
