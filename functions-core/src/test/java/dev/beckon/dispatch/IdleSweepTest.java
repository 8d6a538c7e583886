package dev.beckon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdleSweepTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  @Test
  void run_nothingStored_changesNothing() {
    try (World world = MONGO.world()) {
      world.dispatch.sweep().run();
      world.fileDrop.importSweep().run();

      assertThat(world.eventCodes()).isEmpty();
      assertThat(world.bulk.size() + world.priority.size() + world.files.size()).isZero();
    }
  }
}
