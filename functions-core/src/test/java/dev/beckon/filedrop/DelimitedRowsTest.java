package dev.beckon.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelimitedRowsTest {
  private static final long MEGABYTE = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "UTF-8, ''",
    "UTF-8, EFBBBF",
    "UTF-16LE, FFFE",
    "UTF-16BE, FEFF",
    "UTF-16LE, ''",
    "UTF-16BE, ''"
  })
  void open_encodings_areFoundOut(String charset, String mark) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(HexFormat.of().parseHex(mark));
    file.write("email,name\na@example.org,Zoë Ελ 🎉\n".getBytes(Charset.forName(charset)));
    List<RawRow> rows = read(file.toByteArray());
    assertThat(rows).containsExactly(new RawRow(2, List.of("a@example.org", "Zoë Ελ 🎉"), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void open_delimiters_areFoundOut(String mark) throws Exception {
    String text = "email,\"first,name\",note\na,\"b\",c\n".replace(",", mark);
    try (DelimitedRows rows = open(text.getBytes(StandardCharsets.UTF_8))) {
      assertThat(rows.header()).containsExactly("email", "first" + mark + "name", "note");
      assertThat(rows.next()).isEqualTo(new RawRow(2, List.of("a", "b", "c"), null));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;\r\n", "SEP=;\n", "\uFEFFsep=;\n"})
  void open_excelsSepLine_isTakenAndLeftOut(String line) throws Exception {
    try (DelimitedRows rows = open((line + "a,b;c\n1x;2x\n").getBytes(StandardCharsets.UTF_8))) {
      assertThat(rows.header()).containsExactly("a,b", "c");
      assertThat(rows.next()).isEqualTo(new RawRow(2, List.of("1x", "2x"), null));
    }
  }

  @Test
  void next_quotedNewlines_stayInTheCellAndCountAsOneRow() throws Exception {
    List<RawRow> rows = read("a,b\r\n\"x\r\ny \"\"z\"\"\",1\r\n\r\nlast,2");
    assertThat(rows)
        .containsExactly(
            new RawRow(2, List.of("x\r\ny \"z\"", "1"), null),
            new RawRow(4, List.of("last", "2"), null));
  }

  @Test
  void next_raggedNulAndBrokenRows_areRefusedAloneWithTheReason() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write("a,b\nshort\n1,2,3\n1,x\0y\n1,".getBytes(StandardCharsets.UTF_8));
    file.write(new byte[] {(byte) 0xff, 'x', '\n'});
    file.write("sound,1\n".getBytes(StandardCharsets.UTF_8));
    List<RawRow> rows = read(file.toByteArray());
    assertThat(rows.stream().map(row -> String.valueOf(row.problem())).toList())
        .satisfiesExactly(
            problem -> assertThat(problem).contains("has 1 columns, the header has 2"),
            problem -> assertThat(problem).contains("has 3 columns"),
            problem -> assertThat(problem).contains("column b holds a NUL byte"),
            problem -> assertThat(problem).contains("column b is not valid UTF-8"),
            problem -> assertThat(problem).isEqualTo("null"));
    assertThat(rows.getLast().cells()).containsExactly("sound", "1");
  }

  @Test
  void next_latin1File_isRefusedAsAWhole() {
    String text = "name,town\n" + "Zoë,Köln\n".repeat(100);
    assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(FileProblem.class)
        .hasMessageContaining("CSV UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "'\n\n', only empty lines",
    "'a,,c\n', column 2 has no name",
    "'a,b,A\n', twice",
    "'ada@example.org,Ada\n', looks like data",
    "'+49 30 901820,Ada\n', looks like data",
    "'a,b\0\n', no text",
    "'PK\u0003\u0004rest', ZIP",
    "'%PDF-1.7', PDF",
  })
  void open_headerAtFault_saysWhatToDo(String text, String says) {
    assertThatThrownBy(() -> open(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(FileProblem.class)
        .hasMessageContaining(says)
        .hasMessageMatching("(?s).*(:|drop|needs).*");
  }

  @Test
  void open_otherKindsOfFiles_areNamed() {
    assertThatThrownBy(() -> DelimitedRows.open(new ByteArrayInputStream(new byte[1]), "list.pdf"))
        .isInstanceOf(FileProblem.class)
        .hasMessageContaining(".csv");
    assertThatThrownBy(() -> open(new byte[] {0x1f, (byte) 0x8b, 8, 0}))
        .hasMessageContaining("gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\"", "x,", "\"x\ny\",", "é"})
  void next_endlessLine_endsInAProblemInBoundedMemory(String repeated) throws Exception {
    Endless file = new Endless("a,b\n1x,\"2", repeated, 200 * MEGABYTE);
    try (DelimitedRows rows = DelimitedRows.open(file, "big.csv")) {
      assertThatThrownBy(
              () -> {
                while (rows.next() != null) {
                  // to the end
                }
              })
          .isInstanceOf(FileProblem.class)
          .hasMessageContaining("row");
    }
    assertThat(file.given()).isLessThan(4 * MEGABYTE);
  }

  @Test
  void open_endlessHeader_endsInAProblemInBoundedMemory() {
    Endless file = new Endless("a", "bcd", 200 * MEGABYTE);
    assertThatThrownBy(() -> DelimitedRows.open(file, "big.csv")).isInstanceOf(FileProblem.class);
    assertThat(file.given()).isLessThan(4 * MEGABYTE);
  }

  @Test
  void next_quoteNeverClosed_namesThePlace() {
    assertThatThrownBy(() -> read("a,b\n1x,2x\n3x,\"" + "never closed\n".repeat(20_000)))
        .isInstanceOf(FileProblem.class)
        .hasMessageContaining("after row 2")
        .hasMessageContaining("quote");
  }

  @Test
  void open_anyBytes_givesRowsOrAProblem() throws Exception {
    SplittableRandom random = new SplittableRandom(20_260_302);
    byte[] alphabet = "a,b;\"\n\r\t|@1 =sep\0é\uFEFF".getBytes(StandardCharsets.UTF_8);
    int tables = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      if (i % 3 != 0) {
        for (int at = 0; at < bytes.length; at++) {
          bytes[at] =
              random.nextInt(200) == 0 ? bytes[at] : alphabet[(bytes[at] & 0xff) % alphabet.length];
        }
      }
      if (i % 3 == 2) {
        byte[] head = "a,b\n".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(head, 0, bytes, 0, Math.min(head.length, bytes.length));
      }
      try (DelimitedRows rows = open(bytes)) {
        long last = 1;
        for (RawRow row = rows.next(); row != null; row = rows.next()) {
          assertThat(row.number()).isGreaterThan(last);
          last = row.number();
          if (row.problem() == null) {
            assertThat(row.cells()).hasSameSizeAs(rows.header());
          }
        }
        tables++;
      } catch (FileProblem expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
    assertThat(tables).isGreaterThan(300);
  }

  @Test
  void next_tablesWrittenByAWriter_comeBackAsTheyWere() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    String[] pieces = {"Zoë", ",", ";", "\"", "\n", "\r\n", " ", "🎉", "x", "\t", "'", "="};
    for (int i = 0; i < 200; i++) {
      int width = 2 + random.nextInt(5);
      List<List<String>> table = new ArrayList<>();
      for (int row = 0; row < random.nextInt(30); row++) {
        List<String> cells = new ArrayList<>();
        for (int cell = 0; cell < width; cell++) {
          StringBuilder text = new StringBuilder();
          for (int piece = 0; piece < random.nextInt(6); piece++) {
            text.append(pieces[random.nextInt(pieces.length)]);
          }
          cells.add(text.toString());
        }
        table.add(cells);
      }
      StringWriter text = new StringWriter();
      try (CsvWriter csv =
          CsvWriter.builder()
              .fieldSeparator(",;\t|".charAt(random.nextInt(4)))
              .quoteStrategy(QuoteStrategies.ALWAYS)
              .build(text)) {
        List<String> header = new ArrayList<>();
        for (int cell = 0; cell < width; cell++) {
          header.add("column " + (char) ('a' + cell));
        }
        csv.writeRecord(header);
        table.forEach(csv::writeRecord);
      }
      assertThat(read(text.toString()).stream().map(RawRow::cells).toList()).isEqualTo(table);
    }
  }

  private static DelimitedRows open(byte[] bytes) throws FileProblem, IOException {
    return DelimitedRows.open(new ByteArrayInputStream(bytes), "guests.csv");
  }

  private static List<RawRow> read(String text) throws FileProblem, IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<RawRow> read(byte[] bytes) throws FileProblem, IOException {
    List<RawRow> all = new ArrayList<>();
    try (DelimitedRows rows = open(bytes)) {
      for (RawRow row = rows.next(); row != null; row = rows.next()) {
        all.add(row);
      }
    }
    return all;
  }

  /** A start and then the same bytes over and over; knows how many were asked for. */
  private static final class Endless extends InputStream {
    private final byte[] start;
    private final byte[] repeated;
    private final long size;
    private long given;

    Endless(String start, String repeated, long size) {
      this.start = start.getBytes(StandardCharsets.UTF_8);
      this.repeated = repeated.getBytes(StandardCharsets.UTF_8);
      this.size = size;
    }

    long given() {
      return given;
    }

    @Override
    public int read() {
      if (given >= size) {
        return -1;
      }
      long at = given++;
      return at < start.length
          ? start[(int) at]
          : repeated[(int) ((at - start.length) % repeated.length)] & 0xff;
    }
  }
}
