package dev.beckon.local.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/**
 * Tells the state of a sending domain as SparkPost does. Every one is verified here, but those that
 * begin with {@code unverified.} and {@code unknown.}. Thread-safe.
 *
 * @see <a href="https://developers.sparkpost.com/api/sending-domains/">the reference</a>
 */
final class SendingDomainsPage implements HttpHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String apiKey;

  SendingDomainsPage(String apiKey) {
    this.apiKey = apiKey;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String domain = path.substring(path.lastIndexOf('/') + 1);
      if (!apiKey.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        SparkPostServer.reply(exchange, 401, SparkPostServer.error("Unauthorized.", ""));
      } else if (domain.startsWith("unknown.")) {
        SparkPostServer.reply(exchange, 404, SparkPostServer.error("resource not found", "1600"));
      } else {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("results")
            .putObject("status")
            .put("ownership_verified", !domain.startsWith("unverified."))
            .put("compliance_status", "valid")
            .put("dkim_status", "valid");
        SparkPostServer.reply(exchange, 200, body);
      }
    }
  }
}
