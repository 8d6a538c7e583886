package dev.beckon.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.beckon.account.Secret;
import dev.beckon.check.Finding;
import dev.beckon.check.Finding.Mark;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorFactory;
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

/** What a vendor of an HTTP API finds out about key and sender, against a server on loopback. */
public abstract class HttpCheckContract {
  /** What {@code secret://key} stands for. */
  protected static final String KEY = "k3y";

  private HttpServer server;
  private volatile String asked = "";
  private volatile int status;
  private volatile String body = "";

  protected abstract VendorFactory factory();

  /** Settings beside {@code timeout}. */
  protected abstract Map<String, String> settings(String server);

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

  /**
   * Has the vendor look, and the server answer.
   *
   * @param marks of the findings, in order, parted by blanks
   * @return method, path and authorization of the last request
   */
  protected final String askedFor(int answered, String said, String marks) {
    status = answered;
    body = said;
    List<Finding> findings = check();

    assertThat(findings)
        .extracting(Finding::mark)
        .containsExactlyElementsOf(Arrays.stream(marks.split(" ", -1)).map(Mark::valueOf).toList());
    assertThat(findings.toString()).doesNotContain(KEY, "survey@");
    return asked;
  }

  private List<Finding> check() {
    Map<String, String> all =
        new HashMap<>(settings("http://127.0.0.1:" + server.getAddress().getPort()));
    all.put("timeout", "PT5S");
    try (Vendor vendor =
        factory().create(VendorSettings.read(factory().settings(), all, any -> new Secret(KEY)))) {
      return vendor.check();
    }
  }

  @Test
  void check_nobodyListens_isWrong() {
    server.stop(0);

    assertThat(check()).extracting(Finding::mark).containsExactly(Mark.WRONG);
  }
}
