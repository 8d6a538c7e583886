package dev.beckon.azure;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Between the worker's HTTP messages and the core's requests and replies: <a
 * href="https://learn.microsoft.com/en-us/azure/azure-functions/functions-bindings-http-webhook-trigger">HTTP
 * triggers</a>.
 */
final class HttpMessages {
  private static final String FORWARDED = "x-forwarded-for";

  private HttpMessages() {}

  /**
   * @param id how the host names this request in its own log
   */
  static RawRequest request(HttpRequestMessage<Optional<String>> request, String id) {
    URI uri = request.getUri();
    Map<String, String> headers = request.getHeaders();
    return new RawRequest(
        request.getHttpMethod().name(),
        Objects.requireNonNullElse(uri.getRawPath(), ""),
        Objects.requireNonNullElse(uri.getRawQuery(), ""),
        List.copyOf(headers.entrySet()),
        body(request.getBody().orElse(""), headers),
        source(value(headers, FORWARDED)),
        id);
  }

  static HttpResponseMessage response(
      HttpRequestMessage<Optional<String>> request, WebReply reply) {
    HttpResponseMessage.Builder response =
        request.createResponseBuilder(HttpStatusType.custom(reply.status()));
    reply.headers().forEach(response::header);
    return response.header("Content-Type", reply.contentType()).body(reply.body()).build();
  }

  /** The host hands bodies on as text, but these as bytes, of which the worker makes base64. */
  private static RawBody body(String body, Map<String, String> headers) {
    String type = value(headers, "content-type").toLowerCase(Locale.ROOT);
    if (type.startsWith("application/octet-stream") || type.startsWith("multipart/")) {
      return RawBody.base64(body);
    }
    String coding = value(headers, "content-encoding");
    // bytes that are no text are lost on the way
    return coding.isBlank() || coding.equalsIgnoreCase("identity")
        ? RawBody.text(body)
        : RawBody.unusable(
            415, "bodies with a content coding do not get through here whole; send it as it is");
  }

  /** Azure's front end adds the address it sees at the end; all before it the sender may invent. */
  private static String source(String forwarded) {
    String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    if (last.startsWith("[")) {
      int end = last.indexOf(']');
      return end < 0 ? "" : last.substring(1, end);
    }
    int port = last.indexOf(':');
    // more than one colon: an IPv6 address without a port
    return port >= 0 && port == last.lastIndexOf(':') ? last.substring(0, port) : last;
  }

  /** A header's value; empty when it did not come. */
  static String value(Map<String, String> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
