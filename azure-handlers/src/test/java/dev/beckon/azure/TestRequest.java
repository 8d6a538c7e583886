package dev.beckon.azure;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request as the worker makes one: names of headers in small letters, text or no body. */
record TestRequest(
    HttpMethod getHttpMethod, URI getUri, Map<String, String> getHeaders, Optional<String> getBody)
    implements HttpRequestMessage<Optional<String>> {

  static TestRequest of(String method, String path) {
    return new TestRequest(
        HttpMethod.value(method),
        URI.create("https://beckon-dev.azurewebsites.net" + path),
        Map.of("x-forwarded-for", "192.0.2.1:51234"),
        Optional.empty());
  }

  TestRequest with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(getHeaders);
    more.put(header, value);
    return new TestRequest(getHttpMethod, getUri, more, getBody);
  }

  TestRequest body(String body) {
    return new TestRequest(getHttpMethod, getUri, getHeaders, Optional.of(body));
  }

  @Override
  public Map<String, String> getQueryParameters() {
    throw new UnsupportedOperationException("the core reads the query itself");
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
    return new Reply().status(status);
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
    return new Reply().status(status);
  }

  /** A response as the worker's builder makes one. */
  static final class Reply implements HttpResponseMessage, HttpResponseMessage.Builder {
    final Map<String, String> headers = new LinkedHashMap<>();
    private HttpStatusType status = HttpStatus.OK;
    private Object body = "";

    @Override
    public Builder status(HttpStatusType status) {
      this.status = status;
      return this;
    }

    @Override
    public Builder header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    @Override
    public Builder body(Object body) {
      this.body = body;
      return this;
    }

    @Override
    public HttpResponseMessage build() {
      return this;
    }

    @Override
    public HttpStatusType getStatus() {
      return status;
    }

    @Override
    public String getHeader(String name) {
      return headers.get(name);
    }

    @Override
    public Object getBody() {
      return body;
    }
  }
}
