package dev.beckon.filedrop;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DelimitedRowsFuzzTest {
  private static final String[] WORDS = {
    "Anna",
    "x",
    "",
    " ",
    "a\"b",
    "\"",
    "\"\"",
    "line\nbreak",
    "cr\r\nlf",
    "\r",
    ",",
    ";",
    "\t|",
    "Ünï",
    "例え",
    "Анна",
    "عمر",
    "\ud83d\ude00",
    "=1+1",
    "'",
    "a@b.example",
    "0"
  };

  @Test
  void next_randomBytes_givesRowsOrAFileProblem() throws IOException {
    Random random = new Random(20_260_701);
    int files = 0;
    int rows = 0;
    int refused = 0;
    int problems = 0;
    for (; files < 10_000; files++) {
      byte[] content = file(random);
      try (DelimitedRows reader = DelimitedRows.open(new ByteArrayInputStream(content), "f.csv")) {
        long last = 0;
        for (RawRow row = reader.next(); row != null; row = reader.next()) {
          assertThat(row.number()).isGreaterThan(last);
          last = row.number();
          rows++;
          if (row.problem() == null) {
            assertThat(row.cells()).hasSameSizeAs(reader.header());
          } else {
            refused++;
          }
        }
        assertThat(last).isLessThanOrEqualTo(content.length + 1L);
      } catch (FileProblem e) {
        problems++;
        assertThat(e.getMessage()).hasSizeLessThan(1_000);
      }
    }
    // the generator is worth nothing unless it reaches all three ends
    assertThat(rows).isGreaterThan(1_000);
    assertThat(refused).isGreaterThan(500);
    assertThat(problems).isGreaterThan(1_000);
  }

  @Test
  void next_randomTables_comeBackEqual() throws FileProblem, IOException {
    Random random = new Random(42);
    char[] delimiters = {',', ';', '\t', '|'};
    Charset[] charsets = {UTF_8, UTF_16LE, UTF_16BE};
    for (int file = 0; file < 2_000; file++) {
      int columns = 2 + random.nextInt(6);
      List<String> header = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        header.add("column \"" + i + (random.nextInt(4) == 0 ? "\nä" : "") + "\"");
      }
      List<List<String>> table = new ArrayList<>();
      for (int n = random.nextInt(40); n > 0; n--) {
        List<String> row = new ArrayList<>(List.of("k" + n));
        for (int i = 1; i < columns; i++) {
          row.add(WORDS[random.nextInt(WORDS.length)] + WORDS[random.nextInt(WORDS.length)]);
        }
        table.add(row);
      }
      StringWriter text = new StringWriter();
      text.write(random.nextBoolean() ? "\uFEFF" : "");
      CsvWriter writer =
          CsvWriter.builder()
              .fieldSeparator(delimiters[random.nextInt(delimiters.length)])
              .lineDelimiter(LineDelimiter.values()[random.nextInt(3)])
              .quoteStrategy(
                  random.nextBoolean() ? QuoteStrategies.ALWAYS : QuoteStrategies.REQUIRED)
              .build(text);
      writer.writeRecord(header);
      table.forEach(writer::writeRecord);
      writer.close();
      byte[] content = text.toString().getBytes(charsets[random.nextInt(charsets.length)]);

      List<List<String>> back = new ArrayList<>();
      try (DelimitedRows reader = DelimitedRows.open(new ByteArrayInputStream(content), "f.csv")) {
        assertThat(reader.header()).as("file %d", file).isEqualTo(header);
        for (RawRow row = reader.next(); row != null; row = reader.next()) {
          assertThat(row.problem()).isNull();
          assertThat(row.number()).isEqualTo(back.size() + 2L);
          back.add(row.cells());
        }
      }
      assertThat(back).as("file %d", file).isEqualTo(table);
    }
  }

  private static byte[] file(Random random) {
    byte[] content = new byte[random.nextInt(400)];
    if (random.nextInt(4) == 0) {
      random.nextBytes(content);
      return content;
    }
    byte[] alphabet = "abc,,;\t|\"\n\n\r 12@.=\0\u00e9".getBytes(UTF_8);
    for (int i = 0; i < content.length; i++) {
      int choice = random.nextInt(40);
      content[i] =
          choice == 0
              ? (byte) random.nextInt(256)
              : choice < 25
                  ? (byte) ('a' + choice)
                  : choice < 36
                      ? (byte) (choice < 33 ? ',' : '\n')
                      : alphabet[random.nextInt(alphabet.length)];
    }
    byte[] header = "name,mail\n".getBytes(UTF_8);
    if (random.nextBoolean() && content.length > header.length) {
      System.arraycopy(header, 0, content, 0, header.length);
    }
    return content;
  }
}
