package dev.beckon.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people really drop: encodings, delimiters, damage. */
class FileFormatsTest {
  private static final String TABLE =
      "email,name\nanna@example.com,Ännä\n\"bob@example.com\",\"B \"\"o\"\"\nb\"\n";

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void open_encodingWithMark_readsTheSameRows(String charset) throws Exception {
    assertRows(("\ufeff" + TABLE).getBytes(Charset.forName(charset)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void open_encodingWithoutMark_readsTheSameRows(String charset) throws Exception {
    assertRows(TABLE.getBytes(Charset.forName(charset)));
  }

  @ParameterizedTest
  @ValueSource(chars = {',', ';', '\t', '|'})
  void open_anyDelimiterAndLineEnd_readsTheSameRows(char delimiter) throws Exception {
    assertRows(TABLE.replace(',', delimiter).getBytes(StandardCharsets.UTF_8));
    assertRows(
        TABLE
            .replace(',', delimiter)
            .replaceAll("\n(?=\"bob|anna)", "\r\n")
            .stripTrailing()
            .getBytes(StandardCharsets.UTF_8));
    assertRows(
        ("sep=" + delimiter + "\r\n" + TABLE.replace(',', delimiter))
            .getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRows(byte[] file) throws Exception {
    List<RawRow> rows = read(file, "x.csv");
    assertThat(rows).extracting(RawRow::problem).containsOnlyNulls();
    assertThat(rows).extracting(RawRow::number).containsExactly(2L, 3L);
    assertThat(rows.get(0).cells()).containsExactly("anna@example.com", "Ännä");
    assertThat(rows.get(1).cells()).containsExactly("bob@example.com", "B \"o\"\nb");
  }

  @Test
  void next_badRowBetweenGoodOnes_isNamedAlone() throws Exception {
    byte[] file =
        "email,name\na@example.com,A\nb@example.com,B,extra\n\nc@example.com,C\0\nd@example.com,D?\ne@example.com,E"
            .getBytes(StandardCharsets.UTF_8);
    file[new String(file, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xe4; // ä in Latin-1
    List<RawRow> rows = read(file, "x.csv");
    assertThat(rows).extracting(RawRow::number).containsExactly(2L, 3L, 5L, 6L, 7L);
    assertThat(rows.get(1).problem()).contains("3 columns", "header has 2");
    assertThat(rows.get(2).problem()).contains("column name", "NUL");
    assertThat(rows.get(3).problem()).contains("UTF-8");
    assertThat(rows.get(0).problem()).isNull();
    assertThat(rows.get(4).cells()).containsExactly("e@example.com", "E");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "''~the file is empty",
        "'\n\n'~only empty lines",
        "'anna@example.com,Anna\n'~looks like data",
        "'email,name,Email\nx'~twice",
        "'email,,name\nx'~column 2 has no name",
        "'PK\u0003\u0004xx'~ZIP archive or an Excel workbook",
        "'%PDF-1.7'~PDF",
      })
  void open_notATableWithHeader_saysWhatAndWhatToDo(String file, String expected) {
    assertThatThrownBy(() -> read(file.getBytes(StandardCharsets.UTF_8), "x.csv"))
        .isInstanceOf(FileProblem.class)
        .hasMessageContaining(expected);
  }

  @Test
  void open_otherExtension_isRefused() {
    assertThatThrownBy(() -> read(TABLE.getBytes(StandardCharsets.UTF_8), "x.xlsx"))
        .isInstanceOf(FileProblem.class)
        .hasMessageContaining(".csv or .tsv");
  }

  @Test
  void next_wholeFileInALegacyEncoding_isRefusedAsAWhole() {
    StringBuilder file = new StringBuilder("email,name\n");
    for (int i = 0; i < 100; i++) {
      file.append("a").append(i).append("@example.com,Bäcker\n");
    }
    assertThatThrownBy(() -> read(file.toString().getBytes(StandardCharsets.ISO_8859_1), "x.csv"))
        .isInstanceOf(FileProblem.class)
        .hasMessageContaining("not encoded in UTF-8")
        .hasMessageContaining("save it as");
  }

  @Test
  void next_quoteNeverClosed_namesTheRowAndReadsNoFurther() {
    Endless endless = new Endless("email,name\na@example.com,A\nb@example.com,\"B\n");
    assertThatThrownBy(() -> drain(DelimitedRows.open(endless, "x.csv")))
        .isInstanceOf(FileProblem.class)
        .hasMessageContaining("row after row 2")
        .hasMessageContaining("quote is never closed");
    assertThat(endless.served).as("bytes read before giving up").isLessThan(4 << 20);
  }

  @Test
  void next_randomBytes_giveRowsOrAFileProblem() throws IOException {
    Random random = new Random(20_261_120);
    byte[] likely = "email,name;\t|\"\n\r@.\0aä\ufeff=1".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5_000; i++) {
      byte[] file = new byte[random.nextInt(300)];
      for (int j = 0; j < file.length; j++) {
        file[j] =
            random.nextInt(4) == 0
                ? (byte) random.nextInt()
                : likely[random.nextInt(likely.length)];
      }
      try {
        for (RawRow row : read(file, "x.csv")) {
          assertThat(row.problem() != null || !row.cells().isEmpty()).isTrue();
        }
      } catch (FileProblem e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void next_randomTables_comeBackAsTheyWereWritten() throws Exception {
    Random random = new Random(7);
    String[] bits = {
      "a", ",", ";", "\"", "\n", "\r\n", " ", "é", "日本", "\uD83D\uDE00", "=1", "'", "\t"
    };
    for (int i = 0; i < 500; i++) {
      int columns = 2 + random.nextInt(5);
      List<List<String>> table = new ArrayList<>();
      StringWriter file = new StringWriter();
      try (CsvWriter csv = CsvWriter.builder().build(file)) {
        List<String> header = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
          header.add("column" + c);
        }
        csv.writeRecord(header);
        for (int r = random.nextInt(20); r >= 0; r--) {
          List<String> row = new ArrayList<>();
          for (int c = 0; c < columns; c++) {
            StringBuilder cell = new StringBuilder();
            for (int b = random.nextInt(6); b > 0; b--) {
              cell.append(bits[random.nextInt(bits.length)]);
            }
            row.add(cell.toString());
          }
          table.add(row);
          csv.writeRecord(row);
        }
      }
      assertThat(read(file.toString().getBytes(StandardCharsets.UTF_8), "x.csv"))
          .extracting(RawRow::cells)
          .isEqualTo(table);
    }
  }

  private static List<RawRow> read(byte[] file, String name) throws FileProblem, IOException {
    return drain(DelimitedRows.open(new ByteArrayInputStream(file), name));
  }

  private static List<RawRow> drain(DelimitedRows reader) throws FileProblem, IOException {
    List<RawRow> rows = new ArrayList<>();
    try (reader) {
      for (RawRow row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** A beginning, and then the letter x without end. */
  private static final class Endless extends InputStream {
    private final byte[] start;
    private long served;

    Endless(String start) {
      this.start = start.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() {
      return served < start.length ? start[(int) served++] : also('x');
    }

    private int also(int letter) {
      served++;
      return letter;
    }
  }
}
