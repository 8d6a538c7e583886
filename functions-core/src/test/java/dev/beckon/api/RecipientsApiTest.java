package dev.beckon.api;

import static dev.beckon.api.Desk.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.api.Desk.Answer;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.events.Event;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipientsApiTest {
  private static final String ERASE = "/v1/recipients/erase";
  private static final String SUPPRESS = "/v1/suppressions";
  private static final String LIFT = "/v1/suppressions/lift";
  private static final String GUEST = "\"recipient\": \"Guest1@example.org\"";

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private final World world = HOST.world();
  private final Desk desk = new Desk(world);

  @BeforeEach
  void fill() {
    desk.configureOther();
    desk.accept("acme", "b1", World.rows(2));
    desk.accept(OTHER, "o1", World.rows(1));
    desk.dispatch("b1");
    desk.dispatch("o1");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private InvitationState asked(String account, String batch) {
    desk.accept(account, batch, World.rows(1));
    return world.invitation(Invitation.id(batch, 1)).state();
  }

  @Test
  void erase_dryRun_tellsWhatThereIsAndChangesNothing() {
    JsonNode found = desk.post(ERASE, "{" + GUEST + ", \"dryRun\": true}").is(200).json();

    assertThat(found.toString())
        .isEqualTo(
            "{\"dryRun\":true,\"rows\":1,\"underWay\":0,"
                + "\"batches\":[{\"batch\":\"b1\",\"states\":{\"SENT\":1}}],\"imports\":[]}");
    assertThat(world.invitation("b1-000000001").reference()).isEqualTo("order-1");
    assertThat(world.eventCodes()).doesNotContain("recipient-erased");
  }

  @Test
  void erase_go_erasesTheCallersOwnAlone() {
    desk.post(ERASE, "{" + GUEST + ", \"dryRun\": false}").is(202);

    Invitation erased = world.invitation("b1-000000001");
    assertThat(erased.hash()).isEmpty();
    assertThat(erased.reference()).isNull();
    assertThat(world.invitation("o1-000000001").hash()).isNotEmpty();
    JsonNode again = desk.post(ERASE, "{" + GUEST + ", \"dryRun\": true}").is(200).json();
    assertThat(again.path("rows").asInt()).isZero();
    assertThat(desk.get("/v1/invitations", "reference=order-1").is(200).json().path("items"))
        .isEmpty();
    world.clock.advance(Duration.ofDays(90));
    assertThat(asked("acme", "b2")).isEqualTo(InvitationState.SUPPRESSED);
    assertThat(asked(OTHER, "o2")).isEqualTo(InvitationState.ACCEPTED);
  }

  @Test
  void erase_droppedFile_isListedWithoutItsChunks() {
    world.objects.write(
        "stays/incoming/guests.csv",
        "email,first_name\nada@example.org,Ada\n".getBytes(StandardCharsets.UTF_8));
    world.fileDrop.fileDrop().created("stays/incoming/guests.csv", world.deadline());
    world
        .chunks
        .take(10)
        .forEach(hint -> world.fileDrop.chunkIntake().accept(hint.substring("chunk/".length())));

    JsonNode found =
        desk.post(ERASE, "{\"recipient\": \"ada@example.org\", \"dryRun\": true}").is(200).json();

    assertThat(found.path("rows").asInt()).isEqualTo(1);
    assertThat(found.path("imports").path(0).path("files").toString())
        .contains("stays/processed/")
        .doesNotContain(".beckon/");
  }

  @Test
  void suppressAndLift_recipient_holdInTheCallersAccountAlone() {
    desk.post(SUPPRESS, "{" + GUEST + ", \"reason\": \"called-us\"}").is(204);
    desk.post(SUPPRESS, "{" + GUEST + "}").is(204);
    world.clock.advance(Duration.ofDays(90));

    assertThat(asked("acme", "b2")).isEqualTo(InvitationState.SUPPRESSED);
    assertThat(asked(OTHER, "o2")).isEqualTo(InvitationState.ACCEPTED);
    desk.of(OTHER).post(LIFT, "{" + GUEST + "}").is(204);
    assertThat(asked("acme", "b3")).isEqualTo(InvitationState.SUPPRESSED);
    desk.of("acme").post(LIFT, "{" + GUEST + "}").is(204);
    assertThat(asked("acme", "b4")).isEqualTo(InvitationState.ACCEPTED);
    assertThat(world.events.newest(20))
        .extracting(Event::code)
        .contains("recipient-suppressed", "suppression-lifted");
    assertThat(world.events.newest(20))
        .allSatisfy(event ->
            assertThat(event.toString().toLowerCase(Locale.ROOT)).doesNotContain("guest", "k1:"));
  }

  @Test
  void lift_whileBeingErased_isAConflict() {
    desk.post(ERASE, "{" + GUEST + ", \"dryRun\": false}").is(202);

    Answer answer = desk.post(LIFT, "{" + GUEST + "}").is(409);

    assertThat(answer.json().path("code").asText()).isEqualTo("erasure-under-way");
    desk.of(OTHER).post(LIFT, "{" + GUEST + "}").is(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/recipients/erase | {\"recipient\": \"guest1@example.org\"} | dryRun",
        "/v1/recipients/erase | {\"dryRun\": true} | recipient",
        "/v1/recipients/erase | {\"recipient\": \"canary\", \"dryRun\": true} | recipient",
        "/v1/recipients/erase | {\"recipient\": \" \", \"dryRun\": true} | recipient",
        "/v1/suppressions | {\"recipient\": \"a@example.org\", \"reason\": \"Canary!\"} | reason",
        "/v1/suppressions | {\"recipient\": \"0151 23456789\"} | recipient",
        "/v1/suppressions | {\"reason\": \"a\"} | recipient",
        "/v1/suppressions/lift | {\"recipient\": \"canary@\"} | recipient",
        "/v1/suppressions/lift | {\"recipient\": \"a@example.org\", \"canari\": 1} | canari"
      })
  void anyEndpoint_badBody_isNamedWithoutRepeatingIt(String path, String body, String fault) {
    Answer answer = desk.post(path, body).is(422);

    assertThat(answer.faults()).containsExactly(fault);
    assertThat(answer.text()).doesNotContainIgnoringCase("canary").doesNotContain("0151");
  }

  @Test
  void anyEndpoint_otherKeysAndScopes_areTurnedAway() {
    for (String path : List.of(ERASE, SUPPRESS, LIFT)) {
      String body = "{" + GUEST + (path.equals(ERASE) ? ", \"dryRun\": false}" : "}");
      desk.as("acme", KeyKind.LIVE, Scope.READ, Scope.DISPATCH, Scope.CONFIGURE)
          .post(path, body)
          .is(403);
      desk.as("acme", KeyKind.TEAM, Scope.values()).post(path, body).is(403);
      int status = desk.as("acme~test", KeyKind.TEST, Scope.values()).post(path, body).status();
      assertThat(status).as("a test key's are of its twin: " + path).isIn(202, 204, 409);
    }
    world.clock.advance(Duration.ofDays(90));
    assertThat(world.invitation("b1-000000001").hash()).isNotEmpty();
    assertThat(asked("acme", "b2")).isEqualTo(InvitationState.ACCEPTED);
  }
}
