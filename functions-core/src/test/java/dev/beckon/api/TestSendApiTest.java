package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.access.Caller;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Recipient;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.web.WebReply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestSendApiTest {
  private static final String PATH = "/v1/dispatches/stay/test-send";
  private static final Recipient ADA = new Recipient(Channel.EMAIL, "ada@example.org");
  private static final String ROW =
      "{\"recipients\": {\"email\": \"ada@example.org\"}, \"fields\": {\"first_name\": \"Ada\"}}";

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private World world;
  private WebDoor door;

  @BeforeEach
  void open() {
    world = HOST.world();
    door = ApiBed.door(world, ApiBed.live(Scope.DISPATCH, Scope.READ));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static JsonNode json(WebReply reply) throws Exception {
    return new ObjectMapper().readTree(reply.body());
  }

  @Test
  void testSend_fatigueSamplingAndDelay_doNotHoldItAndItHoldsNobody() throws Exception {
    world.configure("{\"fatigue\": \"P30D\", \"delay\": \"P1D\", \"sampling\": 0}");

    WebReply first = ApiBed.post(door, PATH, ROW);
    WebReply second = ApiBed.post(door, PATH, ROW);

    for (WebReply reply : List.of(first, second)) {
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(json(reply).path("state").asText()).isEqualTo("SENT");
      assertThat(json(reply).path("journal").findValuesAsText("state"))
          .containsExactly("ACCEPTED", "SENDING", "SENT");
    }
    assertThat(json(first).path("batch")).isNotEqualTo(json(second).path("batch"));
    assertThat(world.vendor.references())
        .containsExactly(
            json(first).path("invitation").asText(), json(second).path("invitation").asText());
    assertThat(world.eventCodes()).containsSequence("test-sent", "test-sent");

    world.configure("{\"fatigue\": \"P30D\"}");
    world.intake.accept(world.requestNow("real", List.of(World.row(1, "ada@example.org"))));
    world.dispatch.dispatcher().dispatch(List.of("real.0.0"), world.deadline());
    assertThat(world.invitation("real-000000001").state()).isEqualTo(InvitationState.SENT);
    WebReply third = ApiBed.post(door, PATH, ROW);
    assertThat(json(third).path("state").asText()).isEqualTo("SENT");
  }

  @Test
  void testSend_accountWideFatigue_doesNotHoldItEither() throws Exception {
    String document = world.accounts.written("acme").orElseThrow().json();
    world.store(
        document.replaceFirst("\"id\": \"acme\",", "\"id\": \"acme\", \"fatigue\": \"P30D\","));
    assertThat(world.account().fatigue()).isEqualTo(Duration.ofDays(30));
    world.filled(1);

    for (int i = 0; i < 2; i++) {
      WebReply reply =
          ApiBed.post(door, PATH, ROW.replace("ada@example.org", "guest1@example.org"));
      assertThat(json(reply).path("state").asText()).isEqualTo("SENT");
    }
  }

  @Test
  void testSend_suppressed_saysSoOnlyToReaders() throws Exception {
    world.suppressions.add("acme", world.hasher.hash(ADA), "unsubscribed", world.clock.instant());
    WebDoor sender = ApiBed.door(world, ApiBed.live(Scope.DISPATCH));

    WebReply reader = ApiBed.post(door, PATH, ROW);
    WebReply blind = ApiBed.post(sender, PATH, ROW);
    WebReply blindSound = ApiBed.post(sender, PATH, ROW.replace("ada@", "eve@"));

    assertThat(json(reader).path("state").asText()).isEqualTo("SUPPRESSED");
    assertThat(reader.status()).isEqualTo(200);
    for (WebReply reply : List.of(blind, blindSound)) {
      assertThat(reply.status()).isEqualTo(202);
      assertThat(json(reply).path("state").asText()).isEqualTo("STORED");
      assertThat(json(reply).path("journal")).isEmpty();
    }
    assertThat(world.vendor.references()).isEmpty();
  }

  @Test
  void testSend_teamKey_reachesItsOwnAlone() throws Exception {
    Caller team =
        ApiBed.caller(
            "acme", KeyKind.TEAM, Set.copyOf(world.hasher.all(ADA)), Scope.DISPATCH, Scope.READ);
    WebDoor theirs = ApiBed.door(world, team);

    WebReply listed = ApiBed.post(theirs, PATH, ROW.replace("ada@", "ADA@"));
    WebReply stranger = ApiBed.post(theirs, PATH, ROW.replace("ada@", "eve@"));

    assertThat(json(listed).path("state").asText()).isEqualTo("SENT");
    assertThat(stranger.status()).isEqualTo(422);
    assertThat(json(stranger).path("code").asText()).isEqualTo("recipient-not-listed");
    assertThat(stranger.body()).doesNotContain("eve");
    assertThat(world.vendor.references()).hasSize(1);
  }

  @Test
  void testSend_vendorDoesNotTakeIt_goesOn() throws Exception {
    SendResult down = SendResult.of(SendCode.UNAVAILABLE, "down").retryAfter(Duration.ofHours(1));
    world.vendor.reshape(results -> results.stream().map(any -> down).toList());

    WebReply reply = ApiBed.post(door, PATH, ROW);

    assertThat(reply.status()).isEqualTo(202);
    assertThat(json(reply).path("state").asText()).isEqualTo("RETRY");
  }

  @Test
  void testSend_pausedOrMissingOrRefused_sendsNothing() throws Exception {
    WebDoor other =
        ApiBed.door(world, ApiBed.caller("other", KeyKind.LIVE, Set.of(), Scope.DISPATCH));
    WebDoor reader = ApiBed.door(world, ApiBed.live(Scope.READ, Scope.CONFIGURE, Scope.OPERATE));

    assertThat(ApiBed.post(other, PATH, ROW).status()).isEqualTo(404);
    assertThat(ApiBed.post(door, "/v1/dispatches/nobody/test-send", ROW).status()).isEqualTo(404);
    assertThat(ApiBed.post(reader, PATH, ROW).status()).isEqualTo(403);
    WebReply bad = ApiBed.post(door, PATH, ROW.replace("ada@example.org", "ada@"));
    assertThat(bad.status()).isEqualTo(422);
    assertThat(json(bad).at("/errors/0/path").asText()).isEqualTo("recipients.email");
    assertThat(ApiBed.post(door, PATH, "{}").status()).isEqualTo(422);
    world.configure("{}", "PAUSED", "scripted-sms");
    WebReply paused = ApiBed.post(door, PATH, ROW);
    assertThat(paused.status()).isEqualTo(409);
    assertThat(json(paused).path("code").asText()).isEqualTo("dispatch-not-live");
    assertThat(world.vendor.references()).isEmpty();
    assertThat(world.eventCodes()).doesNotContain("test-sent");
  }
}
