package dev.beckon.azure.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who we are where Functions hands out tokens, in a process of its own with the environment that
 * Functions gives; with the libraries that are packed, without those left out of them.
 */
class AzureIdentityTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer tokens;

  @BeforeEach
  void start() throws IOException {
    tokens = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tokens.createContext("/msi/token", this::token);
    tokens.start();
  }

  @AfterEach
  void stop() {
    tokens.stop(0);
  }

  private void token(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestURI().getQuery()
            + " "
            + exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER"));
    byte[] answer =
        """
        {"access_token": "made-for-a-test", "expires_on": "%d",
         "resource": "https://vault.azure.net", "token_type": "Bearer"}
        """
            .formatted(System.currentTimeMillis() / 1000 + 3600)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static String probe(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                IdentityProbe.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("AZURE_"));
    builder.environment().put("PATH", "/nowhere"); // no Azure command line
    builder.environment().putAll(environment);
    Process process = builder.start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return printed.lines().reduce("", (before, line) -> line);
  }

  @Test
  void credential_inFunctions_isTheUserAssignedIdentity() throws Exception {
    String token =
        probe(
            Map.of(
                "IDENTITY_ENDPOINT",
                "http://127.0.0.1:" + tokens.getAddress().getPort() + "/msi/token",
                "IDENTITY_HEADER",
                "header-of-a-test",
                "AZURE_CLIENT_ID",
                "11111111-2222-3333-4444-555555555555"));

    assertThat(token).isEqualTo("token made-for-a-test");
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst())
        .contains("resource=https://vault.azure.net")
        .contains("client_id=11111111-2222-3333-4444-555555555555")
        .endsWith(" header-of-a-test");
  }

  @Test
  void credential_nobodySignedIn_saysSoInsteadOfHanging() throws Exception {
    assertThat(probe(Map.of())).startsWith("none").doesNotContain("NoClassDefFound");
    assertThat(asked).isEmpty();
  }
}
