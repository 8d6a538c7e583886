package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.access.Gatekeeper;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.invitation.Invitation;
import dev.beckon.telemetry.Meter;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebDoorTest {
  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private Plant plant;
  private String token;

  @BeforeEach
  void start() {
    plant = HOST.plant();
    plant.application.configure(Plant.ACCOUNT);
    plant.drop("stays/incoming/a.csv", "email,first_name\nada@example.org,Ada\n");
    plant.runQueues();
    String batch = plant.application.stores().imports().newest(1).getFirst().id();
    token =
        plant
            .application
            .stores()
            .invitations()
            .load(List.of(Invitation.id(batch, 2)))
            .getFirst()
            .token();
  }

  @AfterEach
  void stop() {
    plant.close();
  }

  private WebDoor door(boolean secure) {
    return door(plant.application.webDoor().routes(), secure, Set.of());
  }

  private static WebDoor door(Routes routes, boolean secure, Set<String> origins) {
    return new WebDoor(
        routes,
        (authorization, source) -> new Gatekeeper.Admission.Refused("a key is needed", 0),
        new Cors(origins),
        Meter.NONE,
        secure);
  }

  private static RawRequest request(String method, String path) {
    return new RawRequest(method, path, "secret=1", List.of(), RawBody.NONE, "192.0.2.1", "r1");
  }

  private static RawRequest from(String origin, String method, String path) {
    return new RawRequest(
        method, path, "", List.of(Map.entry("Origin", origin)), RawBody.NONE, "192.0.2.1", "r1");
  }

  @Test
  void answer_head_isGetWithoutItsBody() {
    WebReply get = door(true).answer(request("GET", "/u/" + token));
    WebReply head = door(true).answer(request("HEAD", "/u/" + token));

    assertThat(get.status()).isEqualTo(200);
    assertThat(head).isEqualTo(new WebReply(200, get.contentType(), "", get.headers()));
  }

  @Test
  void answer_behindTls_tellsBrowsersToKeepToIt() {
    assertThat(door(true).answer(request("GET", "/")).headers())
        .containsEntry("Strict-Transport-Security", "max-age=31536000");
    assertThat(door(false).answer(request("GET", "/")).headers())
        .doesNotContainKey("Strict-Transport-Security");
  }

  @Test
  void answer_otherMethod_saysWhichAreServed() {
    WebReply reply = door(true).answer(request("DELETE", "/u/" + token));

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", "GET, HEAD, POST");
  }

  @Test
  void answer_unreadable_isAProblemWithSafeHeaders() {
    WebReply reply = door(true).answer(request("GET", "/%zz"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.contentType()).isEqualTo("application/problem+json");
    assertThat(reply.body())
        .isEqualTo(
            "{\"type\":\"/docs#unreadable-request\",\"title\":\"The request is not readable\","
                + "\"status\":400,"
                + "\"detail\":\"the path holds a % without two hexadecimal digits\","
                + "\"code\":\"unreadable-request\"}");
    assertThat(reply.headers()).containsEntry("X-Content-Type-Options", "nosniff");
  }

  @Test
  void answer_aFailureOfOurs_isAReplyWithoutDetail() {
    Routes routes =
        new Routes(
            List.of(
                Endpoint.open("page", "GET", "/page", call -> fail()),
                Endpoint.open("program", "GET", "/v1/program", call -> fail())));

    WebReply page = door(routes, true, Set.of()).answer(request("GET", "/page"));
    WebReply program = door(routes, true, Set.of()).answer(request("GET", "/v1/program"));

    assertThat(page.status()).isEqualTo(500);
    assertThat(page.contentType()).startsWith("text/html");
    assertThat(program.status()).isEqualTo(500);
    assertThat(program.body()).contains("\"code\":\"our-fault\"");
    assertThat(page.body() + program.body()).doesNotContain("ada", "Exception");
  }

  private static WebReply fail() {
    throw new IllegalStateException("ada@example.org is not to be told of");
  }

  @Test
  void answer_nothingThere_isAPageForPeopleAndAProblemForPrograms() {
    assertThat(door(true).answer(request("GET", "/nobody")).contentType()).startsWith("text/html");
    assertThat(door(true).answer(request("GET", "/v1/nobody")).body())
        .contains("\"code\":\"no-such-route\"");
  }

  @Test
  void answer_pagesOfListedOriginsAlone_mayCall() {
    WebDoor door =
        door(plant.application.webDoor().routes(), true, Set.of("https://console.example"));

    WebReply asked = door.answer(from("https://console.example", "OPTIONS", "/v1/events"));
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.headers())
        .containsEntry("Access-Control-Allow-Origin", "https://console.example")
        .containsEntry("Vary", "Origin")
        .doesNotContainKey("Access-Control-Allow-Credentials");
    assertThat(door.answer(from("https://console.example", "GET", "/healthz")).headers())
        .containsEntry("Access-Control-Allow-Origin", "https://console.example");

    for (String origin : List.of("https://evil.example", "null", "https://console.example.evil")) {
      assertThat(door.answer(from(origin, "OPTIONS", "/v1/events")).status()).isEqualTo(403);
      assertThat(door.answer(from(origin, "GET", "/healthz")).headers())
          .doesNotContainKey("Access-Control-Allow-Origin");
    }
  }
}
