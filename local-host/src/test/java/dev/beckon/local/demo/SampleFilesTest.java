package dev.beckon.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps the words of {@code samples/README.md} true to the files beside it. */
class SampleFilesTest {

  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Pattern KIND =
      Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\| (\\d+) \\| ([\\d, ]+) \\|");
  private static final Pattern TOTAL =
      Pattern.compile("(?m)^\\| (accepted|duplicate|refused) \\| (\\d+) \\|");

  @ParameterizedTest
  @CsvSource({"customers.csv, 1000", "deliveries.csv, 1500", "callers.tsv, 250"})
  void readme_tables_addUpToTheFile(String file, int rows) throws IOException {
    String section = section(file);
    Map<String, Set<Integer>> byOutcome = new HashMap<>();
    for (Matcher kind = KIND.matcher(section); kind.find(); ) {
      List<Integer> numbers = new ArrayList<>();
      for (String number : kind.group(4).split(", ")) {
        numbers.add(Integer.valueOf(number));
      }
      assertThat(numbers).as(kind.group(1)).hasSize(Integer.parseInt(kind.group(3)));
      Set<Integer> outcome = byOutcome.computeIfAbsent(kind.group(2), name -> new HashSet<>());
      boolean oneKindEach = !kind.group(2).equals("accepted");
      numbers.forEach(n -> assertThat(outcome.add(n) || !oneKindEach).as("row %s", n).isTrue());
    }
    Map<String, Integer> totals = new HashMap<>();
    for (Matcher total = TOTAL.matcher(section); total.find(); ) {
      totals.put(total.group(1), Integer.valueOf(total.group(2)));
    }

    assertThat(byOutcome.get("refused")).hasSize(totals.get("refused"));
    assertThat(byOutcome.get("duplicate")).hasSize(totals.get("duplicate"));
    assertThat(totals.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(rows);
    assertThat(read(file)).hasSize(rows);
  }

  @Test
  void customers_acceptedRows_haveDistinctAddressesAndAStore() throws IOException {
    List<List<String>> rows = read("customers.csv");
    Set<Integer> aside = new HashSet<>();
    for (Matcher kind = KIND.matcher(section("customers.csv")); kind.find(); ) {
      if (!kind.group(2).equals("accepted")) {
        for (String number : kind.group(4).split(", ")) {
          aside.add(Integer.valueOf(number));
        }
      }
    }
    Set<String> seen = new HashSet<>();
    for (int row = 1; row <= rows.size(); row++) {
      List<String> cells = rows.get(row - 1);
      if (!aside.contains(row)) {
        assertThat(cells).as("row %s", row).hasSize(12);
        assertThat(seen.add(cells.getFirst().toLowerCase(Locale.ROOT))).as("row %s", row).isTrue();
        assertThat(cells.get(6)).as("row %s", row).isNotEmpty();
      }
    }
    assertThat(seen).hasSize(959);
  }

  @Test
  void account_filesNamedWithAt_exist() throws IOException {
    JsonNode account = new ObjectMapper().readTree(SAMPLES.resolve("account.json").toFile());

    List<String> files = new ArrayList<>();
    collectFiles(account, files);

    assertThat(files)
        .hasSize(8)
        .allSatisfy(file -> assertThat(SAMPLES.resolve(file)).isRegularFile());
    assertThat(account.at("/feeds/store-visits/dispatch").asText()).isEqualTo("store-visit");
  }

  @Test
  void deliveries_areWhatTheReadmeSaysMakesThem() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    SampleRows.writeDeliveries(out, 1_500, 70_007);

    assertThat(SAMPLES.resolve("deliveries.csv")).hasBinaryContent(out.toByteArray());
  }

  private static void collectFiles(JsonNode node, List<String> files) {
    if (node.isTextual() && node.textValue().startsWith("@")) {
      files.add(node.textValue().substring(1));
    }
    node.forEach(child -> collectFiles(child, files));
  }

  private static String section(String file) throws IOException {
    String readme = Files.readString(SAMPLES.resolve("README.md"));
    int start = readme.indexOf("## `" + file + "`");
    int end = readme.indexOf("\n## ", start + 1);
    return end < 0 ? readme.substring(start) : readme.substring(start, end);
  }

  /** Records after the header. */
  private static List<List<String>> read(String file) throws IOException {
    String header =
        switch (file) {
          case "customers.csv" -> SampleRows.CUSTOMERS_HEADER;
          case "deliveries.csv" -> SampleRows.DELIVERIES_HEADER;
          default -> SampleRows.CALLERS_HEADER;
        };
    char separator = header.replaceAll("\\w", "").charAt(0);
    try (var reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowExtraFields(true)
            .ofCsvRecord(Files.readString(SAMPLES.resolve(file)))) {
      List<List<String>> rows = reader.stream().map(row -> row.getFields()).toList();
      assertThat(String.join(String.valueOf(separator), rows.getFirst())).isEqualTo(header);
      return rows.subList(1, rows.size());
    }
  }
}
