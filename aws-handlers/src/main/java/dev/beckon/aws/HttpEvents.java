package dev.beckon.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.app.UnknownEventException;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Between payload format 2.0 and the core's requests and replies: <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">HTTP
 * APIs</a> and <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html">function
 * URLs</a>.
 */
final class HttpEvents {
  private static final String EXPECTED =
      "a request of an HTTP API or a function URL in payload format 2.0 (a REST API sends another:"
          + " use an HTTP API)";

  /** What may stand in a path as it is (RFC 3986 §3.3), and the slash. */
  private static final String PLAIN = "-._~!$&'()*+,;=:@/";

  private HttpEvents() {}

  /**
   * The request that an event tells of.
   *
   * @throws UnknownEventException when it tells of none
   */
  static RawRequest request(JsonNode event) {
    JsonNode context = event.path("requestContext");
    JsonNode http = context.path("http");
    String method = http.path("method").textValue();
    String path = event.path("rawPath").textValue();
    if (!"2.0".equals(event.path("version").textValue()) || method == null || path == null) {
      throw new UnknownEventException(EXPECTED, event);
    }
    String body = event.path("body").asText("");
    return new RawRequest(
        method,
        encoded(context, withoutStage(context, path)),
        event.path("rawQueryString").asText(""),
        headers(event),
        event.path("isBase64Encoded").asBoolean() ? RawBody.base64(body) : RawBody.text(body),
        http.path("sourceIp").asText(""),
        context.path("requestId").asText(""));
  }

  static JsonNode response(WebReply reply) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("statusCode", reply.status());
    ObjectNode headers = response.putObject("headers");
    reply.headers().forEach(headers::put);
    headers.put("Content-Type", reply.contentType());
    return response.put("body", reply.body()).put("isBase64Encoded", false);
  }

  /** A stage of one's own begins every path; the default stage does not. */
  private static String withoutStage(JsonNode context, String path) {
    String stage = "/" + context.path("stage").asText("$default");
    if (path.equals(stage)) {
      return "/";
    }
    return path.startsWith(stage + "/") ? path.substring(stage.length()) : path;
  }

  /**
   * A function URL hands the path on as it was sent, an HTTP API decodes it: decoding that again
   * would make a slash of {@code %252F}.
   */
  private static String encoded(JsonNode context, String path) {
    if (context.path("domainName").asText("").contains(".lambda-url.")) {
      return path;
    }
    StringBuilder encoded = new StringBuilder(path.length());
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean letter = c < 0x80 && Character.isLetterOrDigit(c);
      encoded.append(letter || PLAIN.indexOf(c) >= 0 ? "" + c : "%%%02X".formatted((int) c));
    }
    return encoded.toString();
  }

  /** Lines of one name are one value here, except cookies, which have a field of their own. */
  private static List<Map.Entry<String, String>> headers(JsonNode event) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    event
        .path("headers")
        .propertyStream()
        .forEach(header -> headers.add(Map.entry(header.getKey(), header.getValue().asText(""))));
    if (!event.path("cookies").isEmpty()) {
      headers.add(
          Map.entry(
              "cookie",
              event
                  .path("cookies")
                  .valueStream()
                  .map(JsonNode::asText)
                  .collect(Collectors.joining("; "))));
    }
    return headers;
  }
}
