package dev.beckon.local.functions;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as a function sees it.
 *
 * @param url with the path as the server read it and wrote it anew, so perhaps not as it was sent
 * @param headers names in lower case, repeated ones joined by commas
 * @param body bytes only of {@code application/octet-stream} and {@code multipart/…}; of everything
 *     else a text, which the worker makes no bytes of
 */
record HttpInput(
    String method, String url, Map<String, String> headers, Map<String, String> query, Input body)
    implements Input {

  @Override
  public Object as(Type type) {
    Class<?> plain = Conversion.raw(type);
    if (plain == HttpRequestMessage.class) {
      return new Request(this, body.as(Conversion.argument(type)));
    }
    throw Conversion.impossible("a request", plain);
  }

  @SuppressWarnings("NullAway") // the library's interfaces are not annotated
  private record Request(HttpInput input, @Nullable Object content)
      implements HttpRequestMessage<Object> {

    @Override
    public URI getUri() {
      return URI.create(input.url());
    }

    @Override
    public HttpMethod getHttpMethod() {
      return HttpMethod.value(input.method());
    }

    @Override
    public Map<String, String> getHeaders() {
      return input.headers();
    }

    @Override
    public Map<String, String> getQueryParameters() {
      return input.query();
    }

    @Override
    public @Nullable Object getBody() {
      return content;
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
      return new Response().status(status);
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
      return new Response().status(status);
    }
  }

  /** What a function answers. */
  @SuppressWarnings("NullAway") // the library's interfaces are not annotated
  static final class Response implements HttpResponseMessage, HttpResponseMessage.Builder {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private HttpStatusType status = HttpStatus.OK;
    private @Nullable Object body;

    Map<String, String> headers() {
      return headers;
    }

    @Override
    public HttpStatusType getStatus() {
      return status;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return headers.get(name);
    }

    @Override
    public @Nullable Object getBody() {
      return body;
    }

    @Override
    public Builder status(HttpStatusType set) {
      this.status = set;
      return this;
    }

    @Override
    public Builder header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    @Override
    public Builder body(Object set) {
      this.body = set;
      return this;
    }

    @Override
    public HttpResponseMessage build() {
      return this;
    }
  }
}
