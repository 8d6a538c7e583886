package dev.beckon.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com, POST / HTTP/1.1, api.example.com",
    "https://api.example.com:443/a, POST /a HTTP/1.1, api.example.com",
    "https://api.example.com:80/a, POST /a HTTP/1.1, api.example.com:80",
    "http://api.example.com:80/a?b=c%20d&e, POST /a?b=c%20d&e HTTP/1.1, api.example.com",
    "HTTP://[::1]:8080/a#part, POST /a HTTP/1.1, [::1]:8080",
    "https://user:word@api.example.com/ü, POST /%C3%BC HTTP/1.1, api.example.com",
  })
  void of_url_targetAndHost(String url, String start, String host) {
    assertThat(head(url, Map.of()).lines()).startsWith(start, "Host: " + host);
  }

  @Test
  void of_headers_asGivenWithLengthLast() {
    assertThat(head("http://localhost/", Map.of("X-Own", "é, 1\t2")))
        .contains("\r\nX-Own: é, 1\t2\r\n", "\r\nUser-Agent: Beckon\r\n")
        .endsWith("\r\nContent-Length: 7\r\n\r\n");
    assertThat(head("http://localhost/", Map.of("user-agent", "mine")))
        .contains("user-agent: mine")
        .doesNotContain("Beckon");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\r\nX: y", "a\nb", "a\rb", "a\0b", "a\u007fb", "a\u0085b", "\u20ac\u010d"})
  void of_valueThatCouldEndALine_refusedWithoutRepeatingIt(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head("http://localhost/", Map.of("X-Own", value)))
        .withMessageContaining("X-Own")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X Own", "X:Own", "X\r\nOwn", "Xö"})
  void of_nameThatIsNone_refused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head("http://localhost/", Map.of(name, "y")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host", "content-length", "Transfer-Encoding", "CONNECTION", "Expect", "Upgrade"})
  void of_headerThatFramesTheRequest_refused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head("http://localhost/", Map.of(name, "5")))
        .withMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://localhost/", "/send", "mailto:a@b.example", "http:///send"})
  void of_urlThatIsNotHttp_refused(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> head(url, Map.of()));
  }

  @Test
  void get_hasNoBodyAndNoLength() {
    URI uri = URI.create("http://localhost:8080/a?b=c");
    byte[] head = RequestHead.get(HttpOrigin.of(uri), uri, Map.of("Accept", "text/plain"));

    assertThat(new String(head, StandardCharsets.ISO_8859_1))
        .isEqualTo(
            "GET /a?b=c HTTP/1.1\r\nHost: localhost:8080\r\nAccept: text/plain\r\n"
                + "User-Agent: Beckon\r\n\r\n");
  }

  private static String head(String url, Map<String, String> headers) {
    URI uri = URI.create(url);
    byte[] bytes = RequestHead.of(HttpOrigin.of(uri), uri, headers, 7);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
