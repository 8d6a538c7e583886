package dev.beckon.filedrop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.filedrop.ObjectTickets.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectTickets} keeps. Each test starts with an empty bucket. */
public abstract class ObjectTicketsContract {
  private static final String KEY = "stays/incoming/up0123-gäste.csv";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final byte[] FILE = "email\nada@example.org\n".getBytes(UTF_8);

  protected abstract ObjectStore store();

  /** Tickets made at this time, for a store that goes by the real one. */
  protected abstract ObjectTickets tickets(Clock clock);

  /** Sends an upload; whether it was taken. */
  protected boolean send(Upload upload, byte[] file) throws IOException, InterruptedException {
    return SignedRequests.send(upload, file) / 100 == 2;
  }

  protected Optional<byte[]> fetch(URI url) throws IOException, InterruptedException {
    return SignedRequests.fetch(url);
  }

  /** The same ticket, bent to an object of another key. */
  protected abstract Upload bent(Upload upload, String key);

  protected abstract URI bent(URI download, String key);

  /** Whether the store itself refuses what is larger than its ticket says. */
  protected boolean holdsSizes() {
    return true;
  }

  private static Clock past() {
    return Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
  }

  private Optional<byte[]> stored(String key) throws IOException {
    try (InputStream in = store().read(key).orElse(null)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "stays/check/plain.csv", "stays/incoming/日本.tsv"})
  void upload_inTime_putsTheObjectUnderItsKey(String key) throws Exception {
    Instant before = Instant.now();
    Upload upload = tickets(Clock.systemUTC()).upload(key, 1_000_000, MINUTE);

    assertThat(send(upload, FILE)).isTrue();

    assertThat(stored(key)).contains(FILE);
    assertThat(upload.expiresAt()).isBetween(before.plusSeconds(58), Instant.now().plus(MINUTE));
    assertThat(upload.toString()).doesNotContain("http", "memory", "up0123");
  }

  @Test
  void upload_tooLate_isRefused() throws Exception {
    assertThat(send(tickets(past()).upload(KEY, 1_000_000, MINUTE), FILE)).isFalse();

    assertThat(store().info(KEY)).isEmpty();
  }

  @Test
  void upload_ofAnotherKey_isRefused() throws Exception {
    Upload upload = tickets(Clock.systemUTC()).upload(KEY, 1_000_000, MINUTE);
    String other = "stays/incoming/other.csv";

    assertThat(send(bent(upload, other), FILE)).isFalse();

    assertThat(store().info(KEY)).isEmpty();
    assertThat(store().info(other)).isEmpty();
  }

  @Test
  void upload_largerThanItsTicket_isRefusedWhereTheStoreHoldsSizes() throws Exception {
    Upload upload = tickets(Clock.systemUTC()).upload(KEY, FILE.length, MINUTE);

    assertThat(send(upload, (new String(FILE, UTF_8) + "x").getBytes(UTF_8)))
        .isEqualTo(!holdsSizes());
    assertThat(store().info(KEY).isPresent()).isEqualTo(!holdsSizes());
    assertThat(send(upload, FILE)).isTrue();
  }

  @Test
  void download_inTime_givesTheObject() throws Exception {
    store().write(KEY, FILE);

    URI url = tickets(Clock.systemUTC()).download(KEY, "refused-rows.csv", MINUTE);

    assertThat(fetch(url)).contains(FILE);
  }

  @Test
  void download_tooLateOrOfAnotherKey_isRefused() throws Exception {
    store().write(KEY, FILE);
    String other = "stays/rejected/other.csv";
    store().write(other, FILE);

    assertThat(fetch(tickets(past()).download(KEY, "a.csv", MINUTE))).isEmpty();
    URI url = tickets(Clock.systemUTC()).download(KEY, "a.csv", MINUTE);
    assertThat(fetch(bent(url, other))).isEmpty();
  }
}
