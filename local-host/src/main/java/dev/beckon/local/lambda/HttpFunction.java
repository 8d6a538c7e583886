package dev.beckon.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.local.poller.LambdaEnvironment;
import dev.beckon.local.poller.LambdaFunction;
import dev.beckon.local.poller.Outcome;
import dev.beckon.web.RawRequest;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What an HTTP API of API Gateway does with a function, in <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">payload
 * format 2.0</a>. Thread-safe; one environment, so one request at a time.
 */
public final class HttpFunction implements AutoCloseable {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** Bytes; an HTTP API takes 10 MB. */
  private static final int LARGEST_BODY = 10_000_000;

  private final LambdaEnvironment environment;

  public HttpFunction(LambdaFunction function) {
    this.environment = function.newEnvironment();
  }

  /** Has the function answer. */
  public WebReply answer(RawRequest request) {
    String event;
    try {
      event = event(request);
    } catch (UnreadableRequestException e) {
      return problem(413, "Request Entity Too Large");
    }
    return switch (environment.invoke(event)) {
      case Outcome.Returned returned -> reply(returned.json());
      case Outcome.Failed failed -> problem(500, "Internal Server Error");
      case Outcome.TimedOut timedOut -> problem(503, "Service Unavailable");
    };
  }

  static String event(RawRequest request) throws UnreadableRequestException {
    byte[] body = request.body().read(LARGEST_BODY);
    ObjectNode event = JSON.createObjectNode();
    event
        .put("version", "2.0")
        .put("routeKey", "$default")
        // unlike a function URL, an HTTP API decodes the path
        .put("rawPath", URI.create(request.path()).getPath())
        .put("rawQueryString", request.query());
    ObjectNode headers = event.putObject("headers");
    request
        .headers()
        .forEach(header -> {
          String name = header.getKey().toLowerCase(Locale.ROOT);
          String before = headers.path(name).asText("");
          headers.put(
              name, before.isEmpty() ? header.getValue() : before + "," + header.getValue());
        });
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
        .put("path", URI.create(request.path()).getPath())
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", request.source())
        .put("userAgent", headers.path("user-agent").asText(""));
    event.put("body", Base64.getEncoder().encodeToString(body));
    event.put("isBase64Encoded", true);
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
