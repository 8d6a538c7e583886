package dev.beckon.filedrop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Feed;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.intake.Row;
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
    try (World world = MONGO.world()) {
      List<String> header = List.of("email", "First Name", "Time-Zone");
      Columns columns = new Columns(header, feed("time_zone"), world.stay());

      assertThat(columns.row(raw("Europe/Berlin")).zone()).isEqualTo("Europe/Berlin");
      assertThat(columns.row(raw(" ")).zone()).isNull();
    }
  }

  @Test
  void row_noZoneInTheFeed_readsNone() {
    try (World world = MONGO.world()) {
      List<String> header = List.of("email", "First Name", "zone");
      Columns columns = new Columns(header, feed(null), world.stay());

      assertThat(columns.row(raw("Europe/Berlin")).zone()).isNull();
    }
  }

  @Test
  void row_columnsOfOneField_countsTheLaterAndLeavesOutTheUnknown() {
    try (World world = MONGO.world()) {
      List<String> header = List.of("first-name", "First Name", "email", "shoe size");
      Columns columns = new Columns(header, feed(null), world.stay());

      Row row = columns.row(new RawRow(2, List.of("Ada", "Eva", "eva@example.org", "39"), null));

      assertThat(row.addresses()).isEqualTo(Map.of(Channel.EMAIL, "eva@example.org"));
      assertThat(row.fields()).isEqualTo(Map.of("first_name", "Eva", "email", "eva@example.org"));
    }
  }

  @Test
  void problems_zoneColumnMissing_isNamed() {
    try (World world = MONGO.world()) {
      List<String> header = List.of("email", "first_name");

      assertThat(new Columns(header, feed("zone"), world.stay()).problems())
          .singleElement()
          .asString()
          .contains("no column zone");
      assertThat(new Columns(header, feed(null), world.stay()).problems()).isEmpty();
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
