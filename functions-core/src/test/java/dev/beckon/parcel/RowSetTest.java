package dev.beckon.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSetTest {

  @Test
  void toString_rowsWithHoles_writesRanges() {
    assertThat(RowSet.of(List.of(61, 59, 3, 1, 2, 2, 62))).hasToString("1-3,59,61-62");
  }

  @Test
  void parse_random_readsWhatWasWritten() {
    Random random = new Random(4711);
    for (int i = 0; i < 500; i++) {
      List<Integer> rows =
          random.ints(random.nextInt(1, 300), 1, random.nextInt(2, 2_000)).boxed().toList();
      RowSet set = RowSet.of(rows);

      RowSet read = RowSet.parse(set.toString());

      assertThat(read).isEqualTo(set).hasSameHashCodeAs(set);
      assertThat(read.rows()).isEqualTo(new ArrayList<>(new TreeSet<>(rows)));
      assertThat(read.size()).isEqualTo(read.rows().size());
    }
  }

  @Test
  void parse_wholeParcel_staysShort() {
    RowSet all = RowSet.of(IntStream.rangeClosed(1, Parcel.MOST_ROWS).boxed().toList());

    assertThat(all).hasToString("1-2000").hasSameHashCodeAs(RowSet.parse("1-2000"));
    assertThat(RowSet.parse("1-2000").size()).isEqualTo(2_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1,", ",1", "1-", "-5", "1-3-5", "5-3", "+4", "2,1", "1,2", " 1"})
  void parse_somethingElse_isRefused(String text) {
    assertThatThrownBy(() -> RowSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ids_rows_areInRowOrder() {
    assertThat(RowSet.of(List.of(10, 2)).ids("b1")).containsExactly("b1-000000002", "b1-000000010");
  }

  @Test
  void halves_oddNumber_areDisjointAndComplete() {
    RowSet set = RowSet.parse("1-4,9");

    assertThat(set.halves()).containsExactly(RowSet.parse("1-2"), RowSet.parse("3-4,9"));
    assertThatThrownBy(() -> RowSet.parse("7").halves()).isInstanceOf(IllegalStateException.class);
  }
}
