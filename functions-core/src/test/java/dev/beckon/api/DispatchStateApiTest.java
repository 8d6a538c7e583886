package dev.beckon.api;

import static dev.beckon.api.Desk.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.account.Dispatch;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.events.EventQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DispatchStateApiTest {
  private static final String PAUSE = "/v1/dispatches/stay/pause";
  private static final String RESUME = "/v1/dispatches/stay/resume";

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private final World world = HOST.world();
  private final Desk desk = new Desk(world);

  @AfterEach
  void close() {
    world.close();
  }

  private Dispatch.State state(String account) {
    return world.accounts.find(account).orElseThrow().requireDispatch("stay").state();
  }

  @Test
  void pauseAndResume_dispatch_changeTheCallersOwnAndTellWho() {
    desk.configureOther();

    assertThat(desk.post(PAUSE, "").is(200).text())
        .isEqualTo("{\"dispatch\":\"stay\",\"state\":\"PAUSED\",\"changed\":true}");
    assertThat(state("acme")).isEqualTo(Dispatch.State.PAUSED);
    assertThat(state(OTHER)).isEqualTo(Dispatch.State.LIVE);
    assertThat(desk.post(PAUSE, "").is(200).json().path("changed").asBoolean()).isFalse();
    assertThat(world.events.find(EventQuery.of("acme"), null, 1).getFirst().message())
        .contains("key k1 (ops)", "stay");

    assertThat(desk.post(RESUME, "").is(200).json().path("changed").asBoolean()).isTrue();
    assertThat(state("acme")).isEqualTo(Dispatch.State.LIVE);
  }

  @Test
  void pause_dispatchOrAccountThatIsNotThere_isMissing() {
    desk.post("/v1/dispatches/none/pause", "").is(404);
    desk.of("none").post(PAUSE, "").is(404);
    desk.post(RESUME, "").is(404);
  }

  @Test
  void pause_otherKeysAndScopes_areTurnedAway() {
    desk.as("acme", KeyKind.LIVE, Scope.READ, Scope.DISPATCH, Scope.CONFIGURE)
        .post(PAUSE, "")
        .is(403);
    desk.as("acme~test", KeyKind.TEST, Scope.values()).post(PAUSE, "").is(403);
    desk.as("acme", KeyKind.TEAM, Scope.values()).post(RESUME, "").is(403);

    assertThat(state("acme")).isEqualTo(Dispatch.State.LIVE);
  }
}
