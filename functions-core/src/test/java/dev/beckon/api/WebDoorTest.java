package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.access.Gatekeeper;
import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.feedback.Unsubscribe;
import dev.beckon.telemetry.Meter;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebDoorTest {
  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private World world;
  private String token;

  @BeforeEach
  void start() {
    world = HOST.world();
    world.filled(1);
    token = world.invitation(1).token();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private WebDoor door(boolean secure) {
    return new WebDoor(
        new ApiParts(
                URI.create("https://beckon.example"),
                new Unsubscribe(world.invitations, world.suppressed, world.clock),
                world.answers,
                world.signatures,
                world.access.keys(),
                world.hasher,
                world.clock)
            .routes(),
        (authorization, source) -> new Gatekeeper.Admission.Refused("a key is needed", 0),
        new Cors(Set.of()),
        Meter.NONE,
        secure);
  }

  private static RawRequest request(String method, String path) {
    return new RawRequest(method, path, "secret=1", List.of(), RawBody.NONE, "192.0.2.1", "r1");
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
            "{\"type\":\"/docs#unreadable-request\",\"title\":\"The request is not readable\",\"status\":400,"
                + "\"detail\":\"the path holds a % without two hexadecimal digits\","
                + "\"code\":\"unreadable-request\"}");
    assertThat(reply.headers()).containsEntry("X-Content-Type-Options", "nosniff");
  }

  @Test
  void answer_storeFails_isAPageWithoutDetail() {
    world.cuts.arm(0, Cuts.Side.BEFORE);

    WebReply reply = door(true).answer(request("GET", "/u/" + token));

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body()).doesNotContain("byToken", "Exception", token);
  }
}
