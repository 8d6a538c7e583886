package dev.beckon.aws.snapstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.aws.HookContext;
import java.util.ArrayList;
import java.util.List;
import org.crac.CheckpointException;
import org.crac.RestoreException;
import org.junit.jupiter.api.Test;

class AfterRestoreTest {
  private final HookContext runtime = new HookContext();
  private final List<String> steps = new ArrayList<>();
  private final AfterRestore<Object> later =
      AfterRestore.register(runtime, () -> steps.add("primed"), this::make);

  private Object make() {
    steps.add("made");
    return new Object();
  }

  @Test
  void hooks_checkpointAndRestore_primeBeforeAndMakeAfter() throws Exception {
    runtime.beforeCheckpoint(runtime);
    assertThat(steps).containsExactly("primed");

    runtime.afterRestore(runtime);
    assertThat(later.get()).isSameAs(later.get());
    assertThat(steps).containsExactly("primed", "made");
  }

  @Test
  void get_withoutARestore_makesItOnce() {
    assertThat(later.get()).isSameAs(later.get());
    assertThat(steps).containsExactly("made");
  }

  @Test
  void beforeCheckpoint_somethingMadeAlready_failsThePublishing() {
    later.get();

    assertThatThrownBy(() -> runtime.beforeCheckpoint(runtime))
        .isInstanceOf(CheckpointException.class)
        .hasSuppressedException(
            new IllegalStateException(
                "something with secrets and connections was made before the snapshot; make it"
                    + " later"));
  }

  @Test
  void afterRestore_makingFails_failsTheRestore() {
    HookContext other = new HookContext();
    AfterRestore<Object> failing =
        AfterRestore.register(
            other,
            () -> {},
            () -> {
              throw new IllegalStateException("no secret");
            });

    assertThatThrownBy(() -> other.afterRestore(other)).isInstanceOf(RestoreException.class);
    assertThatThrownBy(failing::get).hasMessage("no secret");
  }
}
