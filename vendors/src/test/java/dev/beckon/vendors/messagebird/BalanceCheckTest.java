package dev.beckon.vendors.messagebird;

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

class BalanceCheckTest {
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
    settings.put("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/messages");
    settings.put("accessKey", "secret://key");
    settings.put("originator", "Beckon");
    settings.put("timeout", "PT5S");
    MessageBirdFactory factory = new MessageBirdFactory();
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
        "200 | {\"payment\":\"prepaid\",\"type\":\"credits\",\"amount\":9.2} | GOOD UNKNOWN",
        "200 | {\"payment\":\"prepaid\",\"type\":\"euros\",\"amount\":0} | WRONG UNKNOWN",
        "200 | {\"payment\":\"postpaid\",\"type\":\"euros\",\"amount\":0} | GOOD UNKNOWN",
        "200 | <html> | UNKNOWN UNKNOWN",
        "401 | {\"errors\":[{\"code\":2,\"description\":\"Request not allowed (incorrect access_key) k3y\"}]} | WRONG",
        "500 | {} | UNKNOWN",
      })
  void check_answers_areReadByStatusAndBody(int answered, String said, String marks) {
    status = answered;
    body = said;
    List<Finding> findings = check();

    assertThat(asked).isEqualTo("GET /balance AccessKey k3y");
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
