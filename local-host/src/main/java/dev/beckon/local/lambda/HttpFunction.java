package dev.beckon.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.api.WebReply;
import dev.beckon.api.WebRequest;
import dev.beckon.local.poller.LambdaEnvironment;
import dev.beckon.local.poller.LambdaFunction;
import dev.beckon.local.poller.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What an HTTP API of API Gateway does with a function, in <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">payload
 * format 2.0</a>. Thread-safe; one environment, so one request at a time.
 */
public final class HttpFunction implements AutoCloseable {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final LambdaEnvironment environment;

  public HttpFunction(LambdaFunction function) {
    this.environment = function.newEnvironment();
  }

  /** Has the function answer. */
  public WebReply answer(WebRequest request) {
    return switch (environment.invoke(event(request))) {
      case Outcome.Returned returned -> reply(returned.json());
      case Outcome.Failed failed -> problem(500, "Internal Server Error");
      case Outcome.TimedOut timedOut -> problem(503, "Service Unavailable");
    };
  }

  static String event(WebRequest request) {
    ObjectNode event = JSON.createObjectNode();
    event
        .put("version", "2.0")
        .put("routeKey", "$default")
        .put("rawPath", request.path())
        .put("rawQueryString", "");
    event.putObject("headers").put("host", "127.0.0.1");
    ObjectNode context = event.putObject("requestContext");
    context
        .put("accountId", "000000000000")
        .put("apiId", "local")
        .put("domainName", "127.0.0.1")
        .put("domainPrefix", "local")
        .put("requestId", UUID.randomUUID().toString())
        .put("routeKey", "$default")
        .put("stage", "$default")
        .put("timeEpoch", Instant.now().toEpochMilli());
    context
        .putObject("http")
        .put("method", request.method())
        .put("path", request.path())
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", "127.0.0.1")
        .put("userAgent", "");
    event.put("isBase64Encoded", false);
    return event.toString();
  }

  static WebReply reply(String json) {
    JsonNode result;
    try {
      result = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return problem(500, "Internal Server Error");
    }
    if (!result.path("statusCode").isInt()) {
      return problem(500, "Internal Server Error");
    }
    Map<String, String> headers = new HashMap<>();
    String[] type = {"application/json"};
    result
        .path("headers")
        .properties()
        .forEach(header -> {
          if (header.getKey().equalsIgnoreCase("content-type")) {
            type[0] = header.getValue().asText();
          } else {
            headers.put(header.getKey(), header.getValue().asText());
          }
        });
    String body = result.path("body").asText("");
    if (result.path("isBase64Encoded").asBoolean()) {
      body = new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
    }
    return new WebReply(result.path("statusCode").asInt(), type[0], body, headers);
  }

  private static WebReply problem(int status, String message) {
    return new WebReply(status, "application/json", "{\"message\":\"" + message + "\"}", Map.of());
  }

  @Override
  public void close() {
    environment.close();
  }
}
