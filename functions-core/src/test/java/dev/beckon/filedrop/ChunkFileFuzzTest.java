package dev.beckon.filedrop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.fuzz.Fuzz;
import dev.beckon.fuzz.Mangler;
import dev.beckon.memory.MemoryKeyVault;
import dev.beckon.memory.MemoryObjectStore;
import dev.beckon.privacy.Sealer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ChunkFileFuzzTest {
  private static final String ROWS =
      "[\"2\",\"\",\"ada@example.org\",\"Ada\"]\n[\"3\",\"too short\"]";
  private static final String REFUSALS =
      "[\"2\",\"email\",\"email-no-at\",\"has no @\",\"ada\"]\n[\"3\",\"a\",\"b\",\"c\",\"\"]";

  private final MemoryObjectStore objects = new MemoryObjectStore(Clock.systemUTC());
  private final Sealer sealer =
      new Sealer(new byte[32], new MemoryKeyVault(), Clock.systemUTC(), new SecureRandom());
  private final ChunkFile file = new ChunkFile(sealer, objects);
  private final Chunk chunk = new Chunk("imp1", 0, 2, false, Import.Totals.NONE);

  private interface Reading {
    List<?> read();
  }

  /** An object, and whether it was sealed by us: what is damaged under a seal is our own fault. */
  private record Damaged(byte[] object, boolean sealed) {}

  @Test
  void readRows_damagedObject_namesIt() {
    readOrRefuse(ROWS, chunk.rowsKey(), () -> file.readRows("acme", chunk));
  }

  @Test
  void readRefusals_damagedObject_namesIt() {
    readOrRefuse(REFUSALS, chunk.refusalsKey(), () -> file.readRefusals("acme", chunk));
  }

  private void readOrRefuse(String sound, String key, Reading reading) {
    Map<String, Integer> outcomes =
        Fuzz.of(key, 100)
            .run(
                random -> damaged(sound, random),
                damaged -> {
                  objects.write(key, damaged.object());
                  try {
                    reading.read();
                    return damaged.sealed() ? "read" : "read though it was changed";
                  } catch (IllegalStateException | UncheckedIOException e) {
                    assertThat(e).hasMessageContaining(key).hasMessageNotContaining("ada");
                    return "refused";
                  }
                });
    assertThat(outcomes).containsOnlyKeys("read", "refused");
    assertThat(outcomes.get("refused")).isGreaterThan(500);
  }

  private Damaged damaged(String sound, Random random) throws IOException {
    Mangler mangler = new Mangler(random);
    if (random.nextBoolean()) {
      byte[] object = sealer.seal("acme", zipped(sound));
      object[random.nextInt(object.length)] ^= 1;
      return new Damaged(random.nextBoolean() ? mangler.bytes(object) : object, false);
    }
    byte[] inside =
        random.nextInt(4) == 0 ? mangler.bytes(zipped(sound)) : zipped(mangler.text(sound));
    return new Damaged(sealer.seal("acme", inside), true);
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
