package dev.beckon.dispatch;

import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TwoVendorsTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  @Test
  void dispatch_rowsOfTwoVendors_goOutOnceEachThroughTheirOwn() {
    try (World world = MONGO.world()) {
      List<Row> rows =
          List.of(
              World.row(1, "ada@example.org"),
              text(2, "+4915112345671"),
              World.row(3, "eve@example.org"),
              text(4, "+4915112345672"));
      world.intake.accept(world.request(World.BATCH, "0", rows));

      world.dispatch.dispatcher().dispatch(List.of(World.BATCH + ".0.0"), world.deadline());

      assertThat(world.vendor.references()).containsExactlyInAnyOrder(id(1), id(3));
      assertThat(world.texts.references()).containsExactlyInAnyOrder(id(2), id(4));
    }
  }

  private static Row text(int number, String mobile) {
    return new Row(number, Map.of(Channel.SMS, mobile), Map.of("first_name", "Ada"), null, "DE");
  }
}
