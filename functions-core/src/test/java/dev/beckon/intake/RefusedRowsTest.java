package dev.beckon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.InvitationState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefusedRowsTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void accept_validTwinOfARefusedRow_isInvited() {
    Row withoutName = World.row(1, "ada@example.org", "");
    Row complete = World.row(2, "ada@example.org");

    Receipt receipt =
        world.intake.accept(world.request(World.BATCH, "0", List.of(withoutName, complete)));

    assertThat(receipt.refused()).extracting(Refusal::row).containsExactly(1);
    assertThat(receipt.stored()).isEqualTo(Map.of(InvitationState.ACCEPTED, 1));
    assertThat(world.state(2)).isEqualTo(InvitationState.ACCEPTED);
  }

  @Test
  void accept_plusAlone_isNoNumber() {
    Row row = new Row(1, Map.of(Channel.SMS, "+"), Map.of("first_name", "Ada"), null, "DE");

    Receipt receipt = world.intake.accept(world.request(World.BATCH, "0", List.of(row)));

    assertThat(receipt.refused()).hasSize(1);
    assertThat(receipt.stored()).isEmpty();
  }
}
