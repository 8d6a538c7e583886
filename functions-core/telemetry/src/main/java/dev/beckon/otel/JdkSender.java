package dev.beckon.otel;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Posts exports with the JDK's own client, on the exporter's thread: the exporter's usual one
 * brings 3 MB with it.
 */
final class JdkSender implements HttpSender {
  private final HttpSenderConfig config;

  private JdkSender(HttpSenderConfig config) {
    this.config = config;
  }

  /** Hands this sender to the exporter, which asks for its parts by their types. */
  static final class Loader implements ComponentLoader {
    @Override
    public <T> Iterable<T> load(Class<T> part) {
      HttpSenderProvider provider = JdkSender::new;
      return part.isInstance(provider) ? List.of(part.cast(provider)) : List.of();
    }
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> answered, Consumer<Throwable> failed) {
    try {
      answered.accept(post(message));
    } catch (IOException | RuntimeException e) {
      failed.accept(e);
    }
  }

  private Answer post(MessageWriter message) throws IOException {
    ByteArrayOutputStream body =
        new ByteArrayOutputStream(Math.max(32, message.getContentLength()));
    message.writeMessage(body);
    HttpURLConnection post = (HttpURLConnection) config.getEndpoint().toURL().openConnection();
    post.setConnectTimeout((int) config.getConnectTimeout().toMillis());
    post.setReadTimeout((int) config.getTimeout().toMillis());
    post.setInstanceFollowRedirects(false);
    post.setDoOutput(true);
    post.setRequestMethod("POST");
    post.setRequestProperty("Content-Type", config.getContentType());
    Map<String, List<String>> headers = config.getHeadersSupplier().get();
    if (headers != null) {
      headers.forEach(
          (name, values) -> values.forEach(value -> post.addRequestProperty(name, value)));
    }
    post.setFixedLengthStreamingMode(body.size());
    try (OutputStream out = post.getOutputStream()) {
      body.writeTo(out);
    }
    int status = post.getResponseCode();
    if (status < HttpURLConnection.HTTP_BAD_REQUEST) {
      try (var in = post.getInputStream()) {
        in.readAllBytes(); // so that the connection can be used again
      }
    }
    return new Answer(status);
  }

  /** What the exporter asks of an answer; of its body nothing. */
  private record Answer(int status) implements HttpResponse {
    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public String getStatusMessage() {
      return "";
    }

    @Override
    public byte[] getResponseBody() {
      return new byte[0];
    }
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
