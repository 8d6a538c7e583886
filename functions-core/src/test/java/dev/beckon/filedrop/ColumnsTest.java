package dev.beckon.filedrop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Feed;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.invitation.Channel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ColumnsTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  @Test
  void row_zoneColumn_isTakenWhereItIsFilled() {
    Columns columns = new Columns(List.of("email", "First Name", "Time-Zone"), feed("time_zone"));

    assertThat(columns.row(raw("Europe/Berlin")).zone()).isEqualTo("Europe/Berlin");
    assertThat(columns.row(raw(" ")).zone()).isNull();
  }

  @Test
  void row_noZoneInTheFeed_readsNone() {
    Columns columns = new Columns(List.of("email", "First Name", "zone"), feed(null));

    assertThat(columns.row(raw("Europe/Berlin")).zone()).isNull();
  }

  @Test
  void problems_zoneColumnMissing_isNamed() {
    try (World world = MONGO.world()) {
      List<String> header = List.of("email", "first_name");

      assertThat(new Columns(header, feed("zone")).problems(world.stay()))
          .singleElement()
          .asString()
          .contains("no column zone");
      assertThat(new Columns(header, feed(null)).problems(world.stay())).isEmpty();
    }
  }

  private static RawRow raw(String zone) {
    return new RawRow(2, List.of("ada@example.org", "Ada", zone), null);
  }

  private static Feed feed(@Nullable String zone) {
    return new Feed(
        "stays",
        "stay",
        Map.of(Channel.EMAIL, "email"),
        Map.of(),
        null,
        zone,
        null,
        Feed.Mode.SEND);
  }
}
