package dev.beckon.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.beckon.web.RawRequest;
import dev.beckon.web.RequestReader;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import dev.beckon.web.WebRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMessagesTest {

  @Test
  void request_pathAndQuery_stayAsTheyWereSent() {
    RawRequest request =
        HttpMessages.request(
            TestRequest.of("GET", "/v1/na%C3%AFve%20name?utm=two%20words&plus=a+b%2Bc&utm="), "7");

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.path()).isEqualTo("/v1/na%C3%AFve%20name");
    assertThat(request.query()).isEqualTo("utm=two%20words&plus=a+b%2Bc&utm=");
    assertThat(request.id()).isEqualTo("7");
    assertThat(request.toString()).doesNotContain("192.0.2.1", "name");
  }

  @Test
  void request_withoutQueryAndBody_hasEmptyOnes() throws Exception {
    RawRequest request = HttpMessages.request(TestRequest.of("HEAD", "/"), "7");

    assertThat(request.query()).isEmpty();
    assertThat(request.body().read(0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'192.0.2.1:51234', 192.0.2.1",
    "'192.0.2.1', 192.0.2.1",
    "'10.9.8.7, 192.0.2.1:51234', 192.0.2.1",
    "'evil, 10.0.0.1:1,192.0.2.1:51234', 192.0.2.1",
    "'[2001:db8::1]:51234', 2001:db8::1",
    "'2001:db8::1', 2001:db8::1",
    "'10.9.8.7, [2001:db8', ''",
    "'', ''"
  })
  void request_source_isWhatTheFrontEndAddedLast(String forwarded, String source) {
    RawRequest request =
        HttpMessages.request(
            TestRequest.of("GET", "/")
                .with("x-forwarded-for", forwarded)
                .with("x-azure-clientip", "203.0.113.9")
                .with("client-ip", "203.0.113.9"),
            "7");

    assertThat(request.source()).isEqualTo(source);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, '{\"a\":\"ü\"}', '{\"a\":\"ü\"}'",
    "application/x-www-form-urlencoded, List-Unsubscribe=One-Click, List-Unsubscribe=One-Click",
    "'', plain, plain",
    "'multipart/form-data; boundary=x', TGlzdA==, List",
    "Application/Octet-Stream, TGlzdA==, List"
  })
  void request_body_isTextOrTheBase64OfTheWorker(String type, String body, String read)
      throws Exception {
    RawRequest request =
        HttpMessages.request(
            TestRequest.of("POST", "/").with("content-type", type).body(body), "7");

    assertThat(request.body().read(100)).asString().isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource({"gzip", "GZIP", "br", "'identity, gzip'"})
  void request_compressedText_isRefusedByName_forTheHostHasSpoiltIt(String coding) {
    RawRequest request =
        HttpMessages.request(
            TestRequest.of("POST", "/v1/dispatches/stay/invitations")
                .with("content-type", "application/json")
                .with("content-encoding", coding)
                .body("\u001f\ufffd\b"),
            "7");

    assertThatThrownBy(() -> request.body().read(100))
        .isInstanceOfSatisfying(
            UnreadableRequestException.class, e -> assertThat(e.status()).isEqualTo(415))
        .hasMessageContaining("send it as it is");
  }

  @Test
  void request_textThatSaysItIsPlain_isRead() throws Exception {
    RawRequest request =
        HttpMessages.request(
            TestRequest.of("POST", "/").with("content-encoding", "identity").body("{}"), "7");

    assertThat(request.body().read(100)).asString().isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void trigger_everyMethodOfTheApi_isTaken(String method) throws NoSuchMethodException {
    HttpTrigger trigger =
        (HttpTrigger)
            HttpFunction.class.getMethod("http", HttpRequestMessage.class, ExecutionContext.class)
                .getParameterAnnotations()[0][0];

    assertThat(trigger.methods()).extracting(HttpMethod::name).contains(method);
    assertThat(HttpMessages.request(TestRequest.of(method, "/v1/dispatches/stay"), "7").method())
        .isEqualTo(method);
  }

  @Test
  void request_headersOfTheApi_areHandedOn() throws Exception {
    WebRequest request =
        RequestReader.read(
            HttpMessages.request(
                TestRequest.of("PUT", "/v1/dispatches/stay")
                    .with("authorization", "Bearer x")
                    .with("if-match", "\"7\"")
                    .with("idempotency-key", "order-4711"),
                "7"));

    assertThat(request.header("authorization")).contains("Bearer x");
    assertThat(request.header("if-match")).contains("\"7\"");
    assertThat(request.header("idempotency-key")).contains("order-4711");
  }

  @Test
  void response_everyStatusAndHeader_isHandedOn() {
    TestRequest.Reply reply =
        (TestRequest.Reply)
            HttpMessages.response(
                TestRequest.of("GET", "/"),
                new WebReply(422, "application/problem+json", "{}", Map.of("Allow", "GET")));

    assertThat(reply.getStatus().value()).isEqualTo(422);
    assertThat(reply.getBody()).isEqualTo("{}");
    assertThat(reply.headers)
        .isEqualTo(Map.of("Allow", "GET", "Content-Type", "application/problem+json"));
  }
}
