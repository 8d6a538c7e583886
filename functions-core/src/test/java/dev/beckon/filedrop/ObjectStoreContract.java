package dev.beckon.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} keeps. Each test starts with an empty bucket. */
public abstract class ObjectStoreContract {

  protected abstract ObjectStore store();

  /** Seeded bytes that do not compress or repeat. */
  protected static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  protected byte[] content(String key) throws IOException {
    try (InputStream in = store().read(key).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void infoAndRead_noObject_areEmpty() {
    assertThat(store().info("welcome/incoming/none.csv")).isEmpty();
    assertThat(store().read("welcome/incoming/none.csv")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.csv",
        "feed/incoming/a b.csv",
        "feed/incoming/a+b&c=d.csv",
        "feed/incoming/100%25.csv",
        "feed/incoming/Zażółć gęślą jaźń (日本) 😀.csv",
        "feed/incoming/'quoted' \"twice\"!*.csv",
      })
  void write_keyOfAnyKind_isFoundUnderThatKeyAlone(String key) throws IOException {
    store().write(key, text("id,email\n"));

    assertThat(content(key)).isEqualTo(text("id,email\n"));
    assertThat(store().info(key).orElseThrow().key()).isEqualTo(key);
    assertThat(store().info(key).orElseThrow().size()).isEqualTo(9);
    store().move(key, "moved/" + key);
    assertThat(store().info(key)).isEmpty();
    assertThat(content("moved/" + key)).isEqualTo(text("id,email\n"));
    store().delete("moved/" + key);
    assertThat(store().info("moved/" + key)).isEmpty();
  }

  @Test
  void write_again_overwritesAndChangesTheVersion() throws IOException {
    store().write("k", text("one"));
    String first = store().info("k").orElseThrow().version();
    store().write("k", text("two!"));

    assertThat(content("k")).isEqualTo(text("two!"));
    assertThat(store().info("k").orElseThrow().version()).isNotEqualTo(first);
    assertThat(store().info("k").orElseThrow().version())
        .isEqualTo(store().info("k").orElseThrow().version());
  }

  @Test
  void write_nothing_isAnEmptyObject() throws IOException {
    store().write("empty", new byte[0]);

    assertThat(store().info("empty").orElseThrow().size()).isZero();
    assertThat(content("empty")).isEmpty();
  }

  @Test
  void write_arrayChangedAfterwards_objectStays() throws IOException {
    byte[] bytes = text("before");
    store().write("k", bytes);
    bytes[0] = 'X';

    assertThat(content("k")).isEqualTo(text("before"));
  }

  @Test
  void read_byteByByteSkippedAndClosedEarly_behavesAsAStream() throws IOException {
    byte[] bytes = noise(300_000);
    store().write("k", bytes);
    try (InputStream in = store().read("k").orElseThrow()) {
      assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
      in.skipNBytes(1_000);
      assertThat(in.read(new byte[0])).isZero();
      assertThat(in.readNBytes(5_000)).isEqualTo(Arrays.copyOfRange(bytes, 1_001, 6_001));
    }
    assertThat(content("k")).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 70_000, 8 * 1024 * 1024, 8 * 1024 * 1024 + 1, 20_000_001})
  void writer_anySize_storesEveryByte(int size) throws IOException {
    byte[] bytes = noise(size);
    try (OutputStream out = store().writer("big/file")) {
      int half = size / 2;
      out.write(bytes, 0, half);
      if (half < size) {
        out.write(bytes[half]);
        out.write(bytes, half + 1, size - half - 1);
      }
      out.flush();
    }

    assertThat(store().info("big/file").orElseThrow().size()).isEqualTo(size);
    assertThat(content("big/file")).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 9 * 1024 * 1024})
  void writer_leftOpen_leavesTheOldObject(int size) throws IOException {
    store().write("k", text("old"));
    OutputStream open = store().writer("k");
    open.write(noise(size));
    store().writer("never").write(1);

    assertThat(content("k")).isEqualTo(text("old"));
    assertThat(store().info("never")).isEmpty();
  }

  @Test
  void writer_closedTwice_storesOnce() throws IOException {
    OutputStream out = store().writer("k");
    out.write(text("one"));
    out.close();
    store().delete("k");
    out.close();

    assertThat(store().info("k")).isEmpty();
    assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
  }

  @Test
  void move_targetExists_replacesIt() throws IOException {
    store().write("from", text("new"));
    store().write("to", text("old"));
    store().move("from", "to");

    assertThat(content("to")).isEqualTo(text("new"));
    assertThat(store().info("from")).isEmpty();
  }

  @Test
  void move_secondTime_doesNothing() throws IOException {
    store().write("from", text("x"));
    store().move("from", "to");
    store().move("from", "to");

    assertThat(content("to")).isEqualTo(text("x"));
  }

  @Test
  void move_ontoItself_keepsTheObject() throws IOException {
    store().write("k", text("x"));
    store().move("k", "k");

    assertThat(content("k")).isEqualTo(text("x"));
  }

  @Test
  void move_neitherExists_fails() {
    assertThatThrownBy(() -> store().move("gone", "nowhere")).isInstanceOf(RuntimeException.class);
  }

  @Test
  void delete_noObject_isSilent() {
    store().delete("none");

    assertThat(store().info("none")).isEmpty();
  }

  @Test
  void list_prefix_comesInKeyOrderPageByPage() {
    Instant before = Instant.now().minusSeconds(60);
    for (String key : List.of("f/incoming/b", "f/incoming/a", "f/incoming/ä b", "f/processed/a")) {
      store().write(key, text("x"));
    }

    assertThat(store().list("f/incoming/", "", 2))
        .extracting(ObjectStore.Listed::key)
        .containsExactly("f/incoming/a", "f/incoming/b");
    assertThat(store().list("f/incoming/", "f/incoming/b", 2))
        .extracting(ObjectStore.Listed::key)
        .containsExactly("f/incoming/ä b");
    assertThat(store().list("f/incoming/", "f/incoming/ä b", 2)).isEmpty();
    assertThat(store().list("none/", "", 2)).isEmpty();
    assertThat(store().list("f/", "", 9))
        .allSatisfy(
            file -> assertThat(file.writtenAt()).isBetween(before, Instant.now().plusSeconds(60)));
  }
}
