package dev.beckon.vendors.sparkpost;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.beckon.account.Secret;
import dev.beckon.check.Finding;
import dev.beckon.check.Finding.Mark;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainCheckTest {
  private HttpServer server;
  private volatile String asked = "";
  private volatile int status;
  private volatile String body = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        exchange -> {
          asked =
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization");
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private List<Finding> check() {
    Map<String, String> settings = new HashMap<>();
    settings.put("url", "http://127.0.0.1:" + server.getAddress().getPort() + "");
    settings.put("apiKey", "secret://key");
    settings.put("senderAddress", "survey@mail.example.org");
    settings.put("timeout", "PT5S");
    SparkPostFactory factory = new SparkPostFactory();
    try (Vendor vendor =
        factory.create(
            VendorSettings.read(factory.settings(), settings, any -> new Secret("k3y")))) {
      return vendor.check();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {\"results\":{\"status\":{\"ownership_verified\":true,\"compliance_status\":\"valid\",\"dkim_status\":\"valid\"}}} | GOOD GOOD",
        "200 | {\"results\":{\"status\":{\"ownership_verified\":true,\"compliance_status\":\"valid\",\"dkim_status\":\"unverified\"}}} | GOOD GOOD NOTICE",
        "200 | {\"results\":{\"status\":{\"ownership_verified\":true,\"compliance_status\":\"pending\",\"dkim_status\":\"valid\"}}} | GOOD WRONG",
        "200 | {\"results\":{\"status\":{\"ownership_verified\":false}}} | GOOD WRONG",
        "200 | <html> | UNKNOWN",
        "401 | {\"errors\":[{\"message\":\"Unauthorized k3y\"}]} | WRONG",
        "403 | {} | UNKNOWN",
        "404 | {} | GOOD WRONG",
        "503 | {} | UNKNOWN",
      })
  void check_answers_areReadByStatusAndBody(int answered, String said, String marks) {
    status = answered;
    body = said;
    List<Finding> findings = check();

    assertThat(asked).isEqualTo("GET /api/v1/sending-domains/mail.example.org k3y");
    assertThat(findings)
        .extracting(Finding::mark)
        .containsExactlyElementsOf(Arrays.stream(marks.split(" ", -1)).map(Mark::valueOf).toList());
    assertThat(findings.toString()).doesNotContain("k3y", "survey@");
  }

  @Test
  void check_nobodyListens_isWrong() {
    server.stop(0);

    assertThat(check()).extracting(Finding::mark).containsExactly(Mark.WRONG);
  }
}
