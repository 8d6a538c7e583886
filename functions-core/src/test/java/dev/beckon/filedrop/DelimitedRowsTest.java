package dev.beckon.filedrop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelimitedRowsTest {

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void next_anyLineEnd_readsRows(String end) throws Exception {
    List<RawRow> rows =
        read(String.join(end, "name,mail", "Anna,a", "", "\"B\no\",\"b\"\"\"", "C,c"));
    assertThat(rows)
        .extracting(RawRow::cells)
        .containsExactly(List.of("Anna", "a"), List.of("B\no", "b\""), List.of("C", "c"));
    assertThat(rows).extracting(RawRow::number).containsExactly(2L, 4L, 5L);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void open_anyDelimiter_isDetected(String delimiter) throws Exception {
    try (DelimitedRows rows =
        open("name,mail\n\"x,;y\",b\n".replace(",", delimiter).replace("x" + delimiter, "x"))) {
      assertThat(rows.header()).containsExactly("name", "mail");
      assertThat(rows.next().cells()).hasSize(2);
    }
  }

  @Test
  void open_delimitersInsideNames_areToldByTheRowsBelow() throws Exception {
    try (DelimitedRows rows = open("name, first, last;mail;city\nA;a;x\nB, C;b;y\n")) {
      assertThat(rows.header()).containsExactly("name, first, last", "mail", "city");
    }
  }

  @Test
  void open_tsvName_meansTabs() throws Exception {
    InputStream in = new ByteArrayInputStream("na,me\tm,a,il\nA\ta\n".getBytes(UTF_8));
    try (DelimitedRows rows = DelimitedRows.open(in, "List.TSV")) {
      assertThat(rows.header()).containsExactly("na,me", "m,a,il");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;\r\n", "SEP=;\n", "\"sep=;\"\r"})
  void open_excelSeparatorLine_isHonoured(String line) throws Exception {
    try (DelimitedRows rows = open(line + "na,me;m,a,il\nA;a\n")) {
      assertThat(rows.header()).containsExactly("na,me", "m,a,il");
      assertThat(rows.next()).isEqualTo(new RawRow(2, List.of("A", "a"), null));
    }
  }

  @Test
  void open_utf16AndByteOrderMarks_areRead() throws Exception {
    String text = "\"näme\",mail\nÄnna,a\n例え,b\n";
    for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
      for (String mark : List.of("", "\uFEFF")) {
        try (DelimitedRows rows = open((mark + text).getBytes(charset))) {
          assertThat(rows.header()).as(charset + mark).containsExactly("näme", "mail");
          assertThat(rows.next().cells()).containsExactly("Änna", "a");
          assertThat(rows.next().cells()).containsExactly("例え", "b");
          assertThat(rows.next()).isNull();
        }
      }
    }
  }

  @Test
  void next_damagedRow_isRefusedAloneAndItsNeighboursGoOn() throws Exception {
    List<RawRow> rows =
        read(
            "name,mail,city\nA,a,x\nB,b\nC,c,\"y\",z\nD,\0,x\nE,\uFFFD,x\nF,\"Anna \"Ann\", f\",x\nG,"
                + "g".repeat(RowReader.MAX_CELL + 1)
                + ",x\n,,\nH,h,x,,\nI,"
                + "i".repeat(RowReader.MAX_CELL)
                + ",\"x\" ");
    assertThat(rows)
        .extracting(row -> row.problem() == null ? "" : row.problem().replaceFirst("[:,].*", ""))
        .containsExactly(
            "",
            "has 2 columns",
            "has 4 columns",
            "column mail holds a NUL character",
            "column mail holds bytes that are not text in the file's encoding",
            "column mail has a quotation mark in the middle of a quoted cell",
            "column mail has more than 65536 characters",
            "",
            "",
            "");
    assertThat(rows.get(1).problem()).startsWith("has 2 columns, the header has 3: ");
    assertThat(rows)
        .extracting(RawRow::number)
        .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    assertThat(rows.get(8).cells()).containsExactly("H", "h", "x");
    assertThat(rows.get(9).cells()).last().isEqualTo("x");
  }

  @Test
  void next_fewLatin1Rows_areRefusedAlone() throws Exception {
    byte[] text = ("name,mail\n" + "A,a\n".repeat(50) + "Ä,ä\n").getBytes(ISO_8859_1);
    try (DelimitedRows rows = open(text)) {
      List<RawRow> all = all(rows);
      assertThat(all).hasSize(51);
      assertThat(all.getLast().problem()).contains("UTF-8");
    }
  }

  @Test
  void open_latin1File_isRefusedWhole() throws Exception {
    FileProblem problem =
        problem(("name,mail\n" + "A,a\n".repeat(10) + "Ä,ä\n".repeat(10)).getBytes(ISO_8859_1));
    assertThat(problem)
        .hasMessageContaining("10 of the first 20 rows")
        .hasMessageContaining("UTF-8");
    assertThat(problem("nämé,x\nA,a\n".getBytes(ISO_8859_1)))
        .hasMessageContaining("row 1, the header, column 1 holds bytes that are not text");
  }

  @Test
  void next_quoteNeverClosed_namesWhereItBegan() throws Exception {
    try (DelimitedRows rows = open("name,mail\nA,a\nB,\"b\nC,c\n")) {
      assertThat(rows.next().cells()).containsExactly("A", "a");
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(rows::next)
            .isInstanceOf(FileProblem.class)
            .hasMessageStartingWith("row 3, which begins on line 3,");
      }
    }
  }

  @Test
  void next_quoteClosedSomeLinesLater_endsTheFile() throws Exception {
    try (DelimitedRows rows = open("name,mail\nA,\"a\nB,b\nC,\"c\"\n")) {
      assertThatThrownBy(rows::next)
          .hasMessageStartingWith("row 2, which begins on line 2,")
          .hasMessageContaining("line 4");
    }
  }

  static Stream<Arguments> endlessRecords() {
    return Stream.of(
        Arguments.of("x", "x"), // no line end
        Arguments.of("x", "x,"),
        Arguments.of("", ","),
        Arguments.of("", " "),
        Arguments.of("\"", "x\n"), // a quotation mark never closed
        Arguments.of("\"", "\"\""),
        Arguments.of("\"x\"", " "),
        Arguments.of("\"x\"y", "z,"));
  }

  @ParameterizedTest
  @MethodSource("endlessRecords")
  void next_200MegabytesInOneRecord_failsInBoundedMemory(String opening, String unit)
      throws Exception {
    byte[] head = ("name,mail\nA,a\nB," + opening).getBytes(UTF_8);
    Endless in = new Endless(head, unit.getBytes(UTF_8), 200L << 20);
    try (DelimitedRows rows = DelimitedRows.open(in, "list.csv")) {
      assertThat(rows.next().cells()).containsExactly("A", "a");
      assertThatThrownBy(rows::next)
          .isInstanceOf(FileProblem.class)
          .hasMessageContaining("row 3")
          .hasMessageContaining("1048576");
    }
    assertThat(in.given).isLessThan(8L << 20);
    assertThat(in.closed).isTrue();
  }

  @Test
  void open_wrongHeader_isRefusedWithRemedy() throws Exception {
    refused("", "empty");
    refused("\uFEFF", "empty");
    refused("\n\r\n ,\n", "only empty lines");
    refused("name,,mail\nA,b,c\n", "column 2 has no name");
    refused("Name,mail, name\n", "\"name\" (columns 1 and 3)");
    refused("\nAnna,anna@example.org\n", "row 2 looks like data");
    refused("Anna,+49 151 23456789\n", "telephone number");
    refused("1,2.5,x\n", "2 of its cells are numbers");
    refused("na\0me,mail\n", "NUL");
    refused("x,".repeat(1001) + "\n", "1000");
    refused(
        "\"name,mail\nA,a\n",
        "row 1, which begins on line 1, opens a quotation mark that is not closed");
  }

  @Test
  void open_wrongHeader_showsNoAddress() throws Exception {
    assertThat(problem("Anna,anna@example.org,anna@example.org\n".getBytes(UTF_8)).toString())
        .doesNotContain("anna@");
    assertThat(problem("x anna@example.org,x anna@example.org\n".getBytes(UTF_8)).toString())
        .doesNotContain("anna@");
  }

  @Test
  void open_headerOfASpreadsheet_isTrimmed() throws Exception {
    try (DelimitedRows rows = open(" Name ,\u00a0mail,2024,,\nA,a,1,,\n")) {
      assertThat(rows.header()).containsExactly("Name", "mail", "2024");
      assertThat(rows.next().problem()).isNull();
    }
  }

  @Test
  void open_otherFormats_areNamed() throws Exception {
    refused("PK\3\4xx[Content_Types].xml", "Excel");
    refused("PK\3\4xxlist.csv", "ZIP");
    refused("%PDF-1.7", "PDF");
    refused(" <?xml version", "XML");
    refused("\1\2\3\4".repeat(9), "binary");
    assertThat(problem(new byte[] {0x1F, (byte) 0x8B, 8, 0})).hasMessageContaining("gzip");
    assertThat(problem(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0}))
        .hasMessageContaining(".xls");
    assertThat(problem(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0, 'a', 0, 0, 0}))
        .hasMessageContaining("UTF-32");
  }

  @Test
  void open_brokenStream_isNoFaultOfTheFile() throws Exception {
    InputStream in =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    assertThatThrownBy(() -> DelimitedRows.open(in, "list.csv")).isInstanceOf(IOException.class);
  }

  @Test
  void next_atTheEnd_leavesTheStreamOpenForAChecksum() throws Exception {
    Endless in = new Endless("name,mail\nA,a\n".getBytes(UTF_8), new byte[] {'\n'}, 20);
    try (DelimitedRows rows = DelimitedRows.open(in, "list.csv")) {
      assertThat(all(rows)).hasSize(1);
      assertThat(in.closed).isFalse();
    }
    assertThat(in.closed).isTrue();
  }

  @Test
  void toString_ofARow_showsNoCells() throws Exception {
    assertThat(new RawRow(2, List.of("anna"), null).toString()).doesNotContain("anna");
  }

  private static void refused(String text, String words) throws Exception {
    FileProblem problem = problem(text.getBytes(UTF_8));
    assertThat(problem).as(text).hasMessageContaining(words);
  }

  private static FileProblem problem(byte[] content) {
    return catchThrowableOfType(FileProblem.class, () -> open(content).close());
  }

  private static List<RawRow> read(String text) throws FileProblem, IOException {
    try (DelimitedRows rows = open(text)) {
      return all(rows);
    }
  }

  private static List<RawRow> all(DelimitedRows rows) throws FileProblem, IOException {
    List<RawRow> all = new ArrayList<>();
    for (RawRow row = rows.next(); row != null; row = rows.next()) {
      all.add(row);
    }
    return all;
  }

  private static DelimitedRows open(String text) throws FileProblem, IOException {
    return open(text.getBytes(UTF_8));
  }

  private static DelimitedRows open(byte[] content) throws FileProblem, IOException {
    return DelimitedRows.open(new ByteArrayInputStream(content), "list.csv");
  }

  /** Some bytes, then others over and over; never held in memory. */
  private static final class Endless extends InputStream {
    private final byte[] head;
    private final byte[] unit;
    private final long size;
    private long given;
    private boolean closed;

    Endless(byte[] head, byte[] unit, long size) {
      this.head = head;
      this.unit = unit;
      this.size = size;
    }

    @Override
    public int read() {
      if (given >= size) {
        return -1;
      }
      long at = given++;
      return at < head.length ? head[(int) at] : unit[(int) ((at - head.length) % unit.length)];
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
