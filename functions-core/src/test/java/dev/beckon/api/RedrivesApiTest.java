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
import dev.beckon.events.EventQuery;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedrivesApiTest {
  private static final String PATH = "/v1/redrives";
  private static final SendResult NO = SendResult.of(SendCode.BAD_RECIPIENT, "550 no");

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private final World world = HOST.world();
  private final Desk desk = new Desk(world);

  /** Two accounts, in each of which one row failed and one is in doubt. */
  @BeforeEach
  void fill() {
    desk.configureOther();
    for (String account : new String[] {"acme", OTHER}) {
      String batch = account.substring(0, 1) + "1";
      desk.accept(account, batch, World.rows(3));
      world.vendor.answers(Invitation.id(batch, 1), NO);
      world.vendor.answers(Invitation.id(batch, 2), SendResult.of(SendCode.NO_REPLY, "no answer"));
      desk.dispatch(batch);
    }
    world.bulk.take(10);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private InvitationState state(String batch, int row) {
    return world.invitation(Invitation.id(batch, row)).state();
  }

  @Test
  void create_dryRun_tellsWhatWouldGoOutAndChangesNothing() {
    JsonNode plan = desk.post(PATH, "{\"dispatch\": \"stay\", \"dryRun\": true}").is(200).json();

    assertThat(plan.path("rows").asInt()).isEqualTo(1);
    assertThat(plan.path("parcels").asInt()).isEqualTo(1);
    assertThat(plan.path("states").toString()).isEqualTo("{\"FAILED\":1}");
    assertThat(plan.path("batches").toString()).isEqualTo("[{\"batch\":\"a1\",\"rows\":1}]");
    assertThat(plan.path("reasons").toString())
        .isEqualTo("[{\"reason\":\"bad-recipient: 550 no\",\"rows\":1}]");
    assertThat(plan.has("redrive") || plan.has("next")).isFalse();
    desk.work();
    assertThat(state("a1", 1)).isEqualTo(InvitationState.FAILED);
    assertThat(world.eventCodes()).doesNotContain("redrive-filed");
  }

  @Test
  void create_go_sendsOnlyTheCallersOwnAndTellsWhoWantedIt() {
    JsonNode filed = desk.post(PATH, "{\"dispatch\": \"stay\", \"dryRun\": false}").is(202).json();
    desk.work();

    assertThat(filed.path("redrive").asLong()).isPositive();
    assertThat(filed.path("rows").asInt()).isEqualTo(1);
    assertThat(state("a1", 1)).isEqualTo(InvitationState.SENT);
    assertThat(state("a1", 2)).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(state("o1", 1)).isEqualTo(InvitationState.FAILED);
    Event event = world.events.find(EventQuery.of("acme"), null, 1).getFirst();
    assertThat(event.code()).isEqualTo("redrive-filed");
    assertThat(event.message()).contains("key k1 (ops) redrives 1 invitations");
    assertThat(world.events.find(EventQuery.of(OTHER), null, 9))
        .extracting(Event::code)
        .doesNotContain("redrive-filed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"batch\": \"o1\"",
        "\"recipient\": \"guest1@example.org\", \"batch\": \"o1\"",
        "\"batch\": \"o1\", \"states\": [\"FAILED\", \"IN_DOUBT\"]"
      })
  void create_batchOfAnotherAccount_isNothing(String filter) {
    JsonNode reply = desk.post(PATH, "{" + filter + ", \"dryRun\": false}").is(200).json();
    desk.work();

    assertThat(reply.path("rows").asInt()).isZero();
    assertThat(state("o1", 1)).isEqualTo(InvitationState.FAILED);
    assertThat(state("o1", 2)).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(world.eventCodes()).doesNotContain("redrive-filed");
  }

  @Test
  void create_inDoubt_isTakenAlongOnlyWhereNamed() {
    JsonNode filed =
        desk.post(
                PATH, "{\"reference\": \"order-2\", \"states\": [\"IN_DOUBT\"], \"dryRun\": false}")
            .is(202)
            .json();
    desk.work();

    assertThat(filed.path("mayAskTwice").asBoolean()).isTrue();
    assertThat(state("a1", 2)).isEqualTo(InvitationState.SENT);
    assertThat(state("a1", 1)).isEqualTo(InvitationState.FAILED);
  }

  @Test
  void create_pastExpiry_goesOutOnlyWithANewOne() {
    world.clock.advance(Duration.ofDays(30));

    JsonNode left = desk.post(PATH, "{\"batch\": \"a1\", \"dryRun\": false}").is(200).json();
    assertThat(left.path("rows").asInt()).isZero();
    assertThat(left.path("pastExpiry").asInt()).isEqualTo(1);

    desk.post(PATH, "{\"batch\": \"a1\", \"expires\": \"P2D\", \"dryRun\": false}").is(202);
    desk.work();
    assertThat(state("a1", 1)).isEqualTo(InvitationState.SENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"batch\": \"a1\"} | dryRun",
        "{\"batch\": \"a1\", \"dryRun\": \"no\"} | dryRun",
        "{\"dryRun\": true} | the document",
        "{\"batch\": \"a1\", \"states\": [\"SENT\"], \"dryRun\": true} | states",
        "{\"batch\": \"a1\", \"expires\": \"canary\", \"dryRun\": true} | expires",
        "{\"batch\": \"a1\", \"expires\": \"-P2D\", \"dryRun\": true} | expires",
        "{\"batch\": \"a1\", \"expires\": \"P9999999999D\", \"dryRun\": true} | expires",
        "{\"batch\": \"a1\", \"after\": \"%canary\", \"dryRun\": true} | after",
        "{\"batch\": \"a1\", \"account\": \"other\", \"dryRun\": true} | account"
      })
  void create_badBody_isNamedAndNothingIsSent(String body, String path) {
    Answer answer = desk.post(PATH, body).is(422);

    assertThat(answer.faults()).containsExactly(path);
    assertThat(answer.text()).doesNotContain("canary");
    assertThat(world.eventCodes()).doesNotContain("redrive-filed");
  }

  @Test
  void create_keyKindsAndScopes_areHeldTo() {
    String body = "{\"batch\": \"a1\", \"dryRun\": false}";

    desk.as("acme", KeyKind.LIVE, Scope.READ, Scope.DISPATCH, Scope.CONFIGURE)
        .post(PATH, body)
        .is(403);
    Answer team = desk.as("acme", KeyKind.TEAM, Scope.values()).post(PATH, body).is(403);
    assertThat(team.json().path("code").asText()).isEqualTo("live-key-needed");
    assertThat(
            desk.as("acme~test", KeyKind.TEST, Scope.values())
                .post(PATH, body)
                .is(200)
                .json()
                .path("rows")
                .asInt())
        .as("a test key's redrives are of its twin")
        .isZero();
    assertThat(state("a1", 1)).isEqualTo(InvitationState.FAILED);
  }
}
