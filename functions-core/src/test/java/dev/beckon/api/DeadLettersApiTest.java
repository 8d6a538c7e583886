package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.dispatch.DeadLetters;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.SearchTooLongException;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadLettersApiTest {
  private static final String PATH = "/v1/dead-letters";

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private final World world = HOST.world();
  private final Desk desk = new Desk(world);

  /** One parcel that was split and whose first half is suspect, and two rows that ended badly. */
  @BeforeEach
  void fill() {
    desk.accept("acme", "b1", World.rows(2));
    DeadLetters deadLetters = world.dispatch.deadLetters();
    deadLetters.take("b1.0.0");
    deadLetters.take("b1.0.0a");
    desk.accept(
        "acme", "b2", List.of(World.row(1, "a@example.org"), World.row(2, "b@example.org")));
    world.vendor.answers(Invitation.id("b2", 1), SendResult.of(SendCode.BAD_RECIPIENT, "550"));
    world.vendor.answers(Invitation.id("b2", 2), SendResult.of(SendCode.NO_REPLY, "silence"));
    desk.dispatch("b2");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void list_account_tellsWhatWaitsForAPerson() {
    JsonNode json = desk.get(PATH, "").is(200).json();

    assertThat(json.path("items").findValuesAsText("id")).containsExactly("b1.0.0", "b1.0.0a");
    assertThat(json.path("items").findValuesAsText("state")).containsExactly("SPLIT", "READY");
    assertThat(json.path("items").findValuesAsText("suspect")).containsExactly("false", "true");
    assertThat(json.path("events").findValuesAsText("code"))
        .containsExactly("parcel-dead-lettered", "parcel-dead-lettered");
    assertThat(json.path("counts").toString())
        .isEqualTo("[{\"dispatch\":\"stay\",\"states\":{\"FAILED\":1,\"IN_DOUBT\":1}}]");
  }

  @Test
  void list_pages_tellEachParcelOnceAndTheRestOnTheFirstAlone() {
    JsonNode first = desk.get(PATH, "limit=1").is(200).json();
    JsonNode second = desk.get(PATH, "limit=1&after=" + first.path("next").asText()).is(200).json();

    assertThat(first.path("items").findValuesAsText("id")).containsExactly("b1.0.0");
    assertThat(second.path("items").findValuesAsText("id")).containsExactly("b1.0.0a");
    assertThat(second.has("next") || second.has("counts") || second.has("events")).isFalse();
  }

  @Test
  void list_countingTakesTooLong_leavesTheCountsOut() {
    world.cuts.before(
        "countsByDispatch",
        () -> {
          throw new SearchTooLongException();
        });

    JsonNode json = desk.get(PATH, "").is(200).json();

    assertThat(json.has("counts")).isFalse();
    assertThat(json.path("items")).hasSize(2);
  }

  @Test
  void list_otherAccount_seesNothingOfIt() {
    JsonNode json = desk.of("other").get(PATH, "").is(200).json();

    assertThat(json.path("items")).isEmpty();
    assertThat(json.path("events")).isEmpty();
    assertThat(json.path("counts")).isEmpty();
  }

  @Test
  void list_callerWhoMayNotOperate_isTurnedAway() {
    desk.as("acme", KeyKind.LIVE, Scope.READ, Scope.DISPATCH, Scope.CONFIGURE);

    desk.get(PATH, "").is(403);
  }
}
