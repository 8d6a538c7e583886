package dev.beckon.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.beckon.local.demo.SampleRows.Expected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SampleRowsTest {

  private static final int ROWS = 20_000;
  private static final Pattern ADDRESS =
      Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+)*@[a-z]+(\\.[a-z]+)+");

  @Test
  void writeCustomers_rowsRead_matchExpectedCounts() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Expected expected = SampleRows.writeCustomers(out, ROWS, 7);

    List<List<String>> rows = read(out, ',', SampleRows.CUSTOMERS_HEADER);
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(12));
    assertThat(count(rows, SampleRowsTest::mailbox)).isEqualTo(expected);
    assertThat(rows).allSatisfy(row -> assertThat(row.get(6)).isNotEmpty());
  }

  @Test
  void writeDeliveries_rowsRead_matchExpectedCounts() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Expected expected = SampleRows.writeDeliveries(out, ROWS, 7);

    List<List<String>> rows = read(out, ';', SampleRows.DELIVERIES_HEADER);
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(7));
    assertThat(count(rows, SampleRowsTest::mailbox)).isEqualTo(expected);
    assertThat(rows).allSatisfy(row -> assertThat(row.get(4)).isNotEmpty());
  }

  @Test
  void writeCallers_rowsRead_matchExpectedCounts() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Expected expected = SampleRows.writeCallers(out, ROWS, 7);

    List<List<String>> rows = read(out, '\t', SampleRows.CALLERS_HEADER);
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(5));
    assertThat(count(rows, SampleRowsTest::e164)).isEqualTo(expected);
  }

  @Test
  void writeCustomers_manyRows_hasOnePercentOfEachProblem() throws IOException {
    Expected expected = SampleRows.writeCustomers(OutputStream.nullOutputStream(), 200_000, 3);

    assertThat(expected.rows()).isEqualTo(200_000);
    assertThat(expected.bad()).isBetween(1_800L, 2_200L);
    assertThat(expected.duplicates()).isBetween(1_800L, 2_200L);
  }

  @Test
  void writeCustomers_sameSeed_givesSameBytes() throws IOException {
    assertThat(customers(11)).isEqualTo(customers(11)).isNotEqualTo(customers(12));
  }

  @Test
  void writeCustomers_noRows_writesTheHeader() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(SampleRows.writeCustomers(out, 0, 1)).isEqualTo(new Expected(0, 0, 0, 0));
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(SampleRows.CUSTOMERS_HEADER + "\n");
  }

  @Test
  void writeCallers_moreThanNumbersExist_isRefused() {
    assertThatThrownBy(
            () -> SampleRows.writeCallers(OutputStream.nullOutputStream(), 100_000_001, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] customers(long seed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SampleRows.writeCustomers(out, 1_000, seed);
    return out.toByteArray();
  }

  private static List<List<String>> read(ByteArrayOutputStream out, char separator, String header)
      throws IOException {
    try (var reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .ofCsvRecord(out.toString(StandardCharsets.UTF_8))) {
      List<List<String>> rows = reader.stream().map(row -> row.getFields()).toList();
      assertThat(String.join(String.valueOf(separator), rows.getFirst())).isEqualTo(header);
      return rows.subList(1, rows.size());
    }
  }

  /** Counts again from the outside: {@code address} normalises the first cell or finds it bad. */
  private static Expected count(
      List<List<String>> rows, Function<String, Optional<String>> address) {
    Set<String> seen = new HashSet<>();
    long bad = 0;
    long duplicates = 0;
    for (List<String> row : rows) {
      Optional<String> recipient = address.apply(row.getFirst());
      if (recipient.isEmpty()) {
        bad++;
      } else if (!seen.add(recipient.get())) {
        duplicates++;
      }
    }
    return new Expected(rows.size(), bad, duplicates, seen.size());
  }

  private static Optional<String> mailbox(String cell) {
    String folded = cell.toLowerCase(Locale.ROOT);
    return ADDRESS.matcher(folded).matches() && folded.indexOf('@') <= 64
        ? Optional.of(folded)
        : Optional.empty();
  }

  private static Optional<String> e164(String cell) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      var number = numbers.parse(cell, "DE");
      return numbers.isValidNumber(number)
          ? Optional.of(numbers.format(number, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}
