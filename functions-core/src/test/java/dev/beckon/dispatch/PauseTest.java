package dev.beckon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.account.AccountSource;
import dev.beckon.account.Dispatch;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.parcel.Hint;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PauseTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();
  private final Pause pause = world.dispatch.pause();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void pauseAndResume_dispatch_holdsItsRowsAndHintsAtThemAtOnce() {
    String parcel = world.filled(3);
    long version = world.account().version();
    world.bulk.take(9);

    assertThat(pause.pause("acme", "stay", "ann")).isTrue();
    dispatch(parcel);
    assertThat(world.stay().state()).isEqualTo(Dispatch.State.PAUSED);
    assertThat(world.vendor.given()).isEmpty();
    assertThat(world.parcel(parcel).due()).isAfter(world.clock.instant());

    assertThat(pause.resume("acme", "stay", "bob")).isTrue();
    assertThat(world.bulk.take(9)).containsExactly(Hint.parcel(parcel));
    dispatch(parcel);

    assertThat(world.vendor.given()).hasSize(3);
    assertThat(world.account().version()).isEqualTo(version + 2);
    assertThat(world.events.newest(9))
        .extracting(event -> event.message())
        .containsExactlyInAnyOrder("ann paused dispatch stay", "bob resumed dispatch stay");
  }

  @Test
  void resume_aWorkerThatDoesNotKnowYet_sendsAtOnce() {
    AccountSource known = world.staleAccounts();
    pause.pause("acme", "stay", "ann");
    String parcel = world.filled(3);
    assertThat(known.find("acme").orElseThrow().dispatch("stay").orElseThrow().state())
        .isEqualTo(Dispatch.State.PAUSED);
    pause.resume("acme", "stay", "bob");

    world.worker(known).dispatch(List.of(parcel), world.deadline());

    assertThat(world.vendor.given()).hasSize(3);
  }

  @Test
  void pause_again_changesNothingAndTellsOnce() {
    assertThat(pause.pause("acme", "stay", "ann")).isTrue();
    long version = world.account().version();
    assertThat(pause.pause("acme", "stay", "bob")).isFalse();

    assertThat(world.account().version()).isEqualTo(version);
    assertThat(world.eventCodes()).containsExactly("dispatch-paused");
  }

  @Test
  void pause_unknown_isNamed() {
    assertThatThrownBy(() -> pause.pause("acme", "tour", "ann"))
        .hasMessageContaining("no dispatch tour; it has stay");
    assertThatThrownBy(() -> pause.pause("other", "stay", "ann"))
        .hasMessageContaining("no account other");
  }

  private void dispatch(String parcel) {
    assertThat(world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline())).isEmpty();
  }
}
