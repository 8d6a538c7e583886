package dev.beckon.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class RawFieldsTest {
  private final RawFields fields = new RawFields();

  private RawFields read(Document document) {
    return fields.of(new RawBsonDocument(document, new DocumentCodec()));
  }

  @Test
  void everyType_inAnyOrder_isRead() {
    RawFields row =
        read(
            new Document("_id", new ObjectId())
                .append("text", "grüße 👋")
                .append("whole", 7)
                .append("long", 1L << 40)
                .append("double", 3.0)
                .append("yes", true)
                .append("at", Date.from(Instant.ofEpochMilli(-5)))
                .append("bytes", new Binary(new byte[] {1, 0, 2}))
                .append("none", null)
                .append("list", List.of(new Document("n", 1), new Document("n", 2))));

    assertThat(row.each("list", each -> each.whole("n"))).containsExactly(1, 2);
    assertThat(row.binary("bytes")).containsExactly(1, 0, 2);
    assertThat(row.date("at")).isEqualTo(Instant.ofEpochMilli(-5));
    assertThat(row.isTrue("yes")).isTrue();
    assertThat(row.number("double")).isEqualTo(3);
    assertThat(row.number("long")).isEqualTo(1L << 40);
    assertThat(row.whole("whole")).isEqualTo(7);
    assertThat(row.text("text")).isEqualTo("grüße 👋");
    assertThat(row.textOrNull("none")).isNull();
    assertThat(row.dateOrNull("none")).isNull();
  }

  @Test
  void missingField_isNullFalseOrNone() {
    RawFields row = read(new Document("tex", "a").append("texts", "b"));

    assertThat(row.textOrNull("text")).isNull();
    assertThat(row.dateOrNull("at")).isNull();
    assertThat(row.isTrue("yes")).isFalse();
    assertThat(row.each("list", each -> each.whole("n"))).isEmpty();
  }

  @Test
  void missingOrOtherType_whereNeeded_namesTheField() {
    RawFields row = read(new Document("text", "a"));

    assertThatThrownBy(() -> row.text("hash"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("hash");
    assertThatThrownBy(() -> row.number("text")).hasMessageContaining("text");
    assertThatThrownBy(() -> row.date("text")).hasMessageContaining("text");
  }

  @Test
  void sharedText_changesBetweenDocuments_isThatOfEach() {
    assertThat(read(new Document("state", "SENT")).sharedText("state")).isEqualTo("SENT");
    String again = read(new Document("a", 1).append("state", "SENT")).sharedText("state");
    assertThat(read(new Document("state", "SENT")).sharedText("state")).isSameAs(again);
    assertThat(read(new Document("state", "SENDING")).sharedText("state")).isEqualTo("SENDING");
    assertThat(read(new Document("state", "")).sharedText("state")).isEmpty();
  }

  @Test
  void idIn_manyIds_isWhatTheDriverWouldWrite() {
    List<String> ids =
        IntStream.range(0, 1_101).mapToObj(i -> "b-" + i + (i % 100 == 7 ? "ü👋" : "")).toList();

    RawBsonDocument condition = Raw.idIn(ids, more -> more.text("send", "s1"));

    assertThat(condition.decode(new DocumentCodec()))
        .isEqualTo(new Document("_id", new Document("$in", ids)).append("send", "s1"));
    assertThat(condition)
        .isEqualTo(
            new RawBsonDocument(
                new Document("_id", new Document("$in", ids)).append("send", "s1"),
                new DocumentCodec()));
  }

  @Test
  void manyFields_areAllFound() {
    Document document = new Document();
    for (int i = 0; i < 100; i++) {
      document.append("f" + i, i);
    }

    RawFields row = read(document);

    for (int i = 99; i >= 0; i--) {
      assertThat(row.whole("f" + i)).isEqualTo(i);
    }
  }
}
