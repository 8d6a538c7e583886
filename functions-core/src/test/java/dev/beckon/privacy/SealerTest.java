package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.TestClock;
import dev.beckon.memory.MemoryKeyVault;
import dev.beckon.testing.Together;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 5);
  private static final byte[] PLAIN =
      "{\"email\":\"ada@example.com\"}".getBytes(StandardCharsets.UTF_8);

  private final MemoryKeyVault vault = new MemoryKeyVault();

  private Sealer sealer(int master, Instant now) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) master);
    return new Sealer(key, vault, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
  }

  @Test
  void open_sealedByAnotherProcess_givesThePlainBytes() {
    byte[] sealed = sealer(1, NOON).seal("acme", PLAIN);

    assertThat(sealer(1, NOON.plusSeconds(9_999_999)).open("acme", sealed)).isEqualTo(PLAIN);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("ada");
  }

  @Test
  void seal_nothing_opensAsNothing() {
    Sealer sealer = sealer(1, NOON);

    assertThat(sealer.open("acme", sealer.seal("acme", new byte[0]))).isEmpty();
  }

  @Test
  void seal_sameBytesTwice_looksDifferent() {
    Sealer sealer = sealer(1, NOON);

    assertThat(sealer.seal("acme", PLAIN)).isNotEqualTo(sealer.seal("acme", PLAIN));
  }

  @Test
  void open_anyBitChanged_isUnreadable() {
    Sealer sealer = sealer(1, NOON);
    byte[] sealed = sealer.seal("acme", PLAIN);
    sealer(1, NOON.plusSeconds(86_400)).seal("acme", PLAIN); // tomorrow has a key, too
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));

      assertThatThrownBy(() -> sealer.open("acme", changed))
          .isInstanceOf(UnreadableException.class);
    }
  }

  @Test
  void open_cutShort_isUnreadable() {
    Sealer sealer = sealer(1, NOON);
    byte[] sealed = sealer.seal("acme", PLAIN);
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);

      assertThatThrownBy(() -> sealer.open("acme", cut)).isInstanceOf(UnreadableException.class);
    }
  }

  @Test
  void open_otherAccount_isUnreadable() {
    Sealer sealer = sealer(1, NOON);
    byte[] sealed = sealer.seal("acme", PLAIN);
    sealer.seal("other", PLAIN);

    assertThatThrownBy(() -> sealer.open("other", sealed)).isInstanceOf(UnreadableException.class);
    assertThatThrownBy(() -> sealer.open("none", sealed)).isInstanceOf(UnreadableException.class);
  }

  @Test
  void open_keyErased_isUnreadable() {
    byte[] sealed = sealer(1, NOON).seal("acme", PLAIN);
    byte[] later = sealer(1, NOON.plusSeconds(86_400)).seal("acme", PLAIN);

    vault.delete("acme", DAY);

    assertThatThrownBy(() -> sealer(1, NOON).open("acme", sealed))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("erased");
    assertThat(sealer(1, NOON).open("acme", later)).isEqualTo(PLAIN);
  }

  @Test
  void open_otherMasterKey_isUnreadable() {
    byte[] sealed = sealer(1, NOON).seal("acme", PLAIN);

    assertThatThrownBy(() -> sealer(2, NOON).open("acme", sealed))
        .isInstanceOf(UnreadableException.class);
  }

  @Test
  void seal_eightProcessesAtOnce_openEachOthers() throws Exception {
    List<byte[]> sealed =
        Together.run(8, thread -> sealer(1, NOON).seal("acme", new byte[] {(byte) thread}));

    Sealer reader = sealer(1, NOON);
    for (int i = 0; i < 8; i++) {
      assertThat(reader.open("acme", sealed.get(i))).isEqualTo(new byte[] {(byte) i});
    }
  }

  @Test
  void constructor_shortMasterKey_isRefused() {
    assertThatThrownBy(() -> new Sealer(new byte[16], vault, Clock.systemUTC(), new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32");
  }

  private static byte[] master(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  private Sealer rotated(Instant now) {
    return new Sealer(
        List.of(
            new LocalKeyWrapper(master(2), new SecureRandom()),
            new LocalKeyWrapper(master(1), new SecureRandom())),
        vault,
        Clock.fixed(now, ZoneOffset.UTC),
        new SecureRandom());
  }

  @Test
  void open_masterKeyRotated_opensOldAndNew() {
    Instant tomorrow = NOON.plusSeconds(86_400);
    byte[] old = sealer(1, NOON).seal("acme", PLAIN);
    byte[] young = rotated(tomorrow).seal("acme", PLAIN);

    assertThat(rotated(tomorrow).open("acme", old)).isEqualTo(PLAIN);
    assertThat(rotated(tomorrow).open("acme", young)).isEqualTo(PLAIN);
    assertThat(sealer(2, tomorrow).open("acme", young)).isEqualTo(PLAIN);
    assertThatThrownBy(() -> sealer(2, tomorrow).open("acme", old))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("master key");
  }

  @Test
  void open_keyErasedWhileCached_isUnreadableAfterTenMinutes() {
    TestClock clock = new TestClock();
    Sealer sealer = new Sealer(master(1), vault, clock, new SecureRandom());
    byte[] sealed = sealer.seal("acme", PLAIN);
    vault.delete("acme", LocalDate.ofInstant(TestClock.START, ZoneOffset.UTC));
    clock.advance(Duration.ofSeconds(599));

    assertThat(sealer.open("acme", sealed)).isEqualTo(PLAIN);

    clock.advance(Duration.ofSeconds(1));

    assertThatThrownBy(() -> sealer.open("acme", sealed))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("erased");
  }

  @Test
  void seal_masterKeyElsewhere_isUsedOnceInTenMinutesHoweverManyAskAtOnce() throws Exception {
    TestClock clock = new TestClock();
    DistantKey distant = new DistantKey();
    Sealer sealer = new Sealer(List.of(distant), vault, clock, new SecureRandom());
    List<byte[]> sealed = Together.run(8, thread -> sealer.seal("acme", PLAIN));

    assertThat(List.of(distant.wraps.get(), distant.unwraps.get())).containsExactly(1, 0);

    clock.advance(Duration.ofMinutes(10));
    Together.run(8, thread -> sealer.open("acme", sealed.get(thread)));

    assertThat(List.of(distant.wraps.get(), distant.unwraps.get())).containsExactly(1, 1);
  }

  @Test
  void masterKeyElsewhere_cannotBeReached_isNotTheValuesFault() {
    TestClock clock = new TestClock();
    DistantKey distant = new DistantKey();
    Sealer sealer = new Sealer(List.of(distant), vault, clock, new SecureRandom());
    byte[] sealed = sealer.seal("acme", PLAIN);
    distant.down = true;
    clock.advance(Duration.ofMinutes(10));

    assertThatThrownBy(() -> sealer.open("acme", sealed))
        .isInstanceOf(KeysUnreachableException.class);
    assertThatThrownBy(() -> sealer.seal("other", PLAIN))
        .isInstanceOf(KeysUnreachableException.class);

    distant.down = false;
    assertThat(sealer.open("acme", sealed)).isEqualTo(PLAIN);
  }

  /** A master key a call away. */
  private static final class DistantKey implements KeyWrapper {
    final AtomicInteger wraps = new AtomicInteger();
    final AtomicInteger unwraps = new AtomicInteger();
    private final KeyWrapper key = new LocalKeyWrapper(master(1), new SecureRandom());
    volatile boolean down;

    private void call(AtomicInteger count) {
      count.incrementAndGet();
      if (down) {
        throw new IllegalStateException("down");
      }
    }

    @Override
    public byte[] wrap(String account, LocalDate day, byte[] plain) {
      call(wraps);
      return key.wrap(account, day, plain);
    }

    @Override
    public Optional<byte[]> unwrap(String account, LocalDate day, byte[] wrapped) {
      call(unwraps);
      return key.unwrap(account, day, wrapped);
    }
  }

  @Test
  void dayOf_sealedValue_isTheDayOfItsKey() {
    assertThat(Sealer.dayOf(sealer(1, NOON).seal("acme", PLAIN))).contains(DAY);
    assertThat(Sealer.dayOf(new byte[0])).isEmpty();
  }
}
