package dev.beckon.bench.steps;

import dev.beckon.account.Account;
import dev.beckon.account.AccountReader;
import dev.beckon.account.Dispatch;
import dev.beckon.bench.worker.BenchAccount;
import dev.beckon.bench.worker.MadeUp;
import dev.beckon.intake.Row;
import dev.beckon.intake.SealedFields;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.local.demo.SampleRows;
import dev.beckon.memory.MemoryKeyVault;
import dev.beckon.privacy.Sealer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the single steps work on. Stateless. */
public final class Samples {
  private static final String HASH =
      "k1:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final int KEY_BYTES = 32;
  private static final long SEED = 20_261_101;

  private Samples() {}

  /** A dispatch of the benchmarks' account: {@code mail-0}, {@code bulk-0} or {@code text-0}. */
  public static Dispatch dispatch(String id) {
    Account account =
        new AccountReader().read(BenchAccount.json(Map.of("http", "80", "mail0", "25")), 1);
    return account.requireDispatch(id);
  }

  /** A made-up row with mail address and phone number. */
  public static Row row() {
    return MadeUp.rows(1).getFirst();
  }

  /** A file of made-up customers. */
  public static byte[] csv(int rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      SampleRows.writeCustomers(out, rows, SEED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A key of nothing but zeros. */
  public static byte[] key() {
    return new byte[KEY_BYTES];
  }

  /** Sealing under a key in memory. */
  public static SealedFields sealed() {
    return new SealedFields(
        new Sealer(key(), new MemoryKeyVault(), Clock.systemUTC(), new SecureRandom()));
  }

  /** An accepted invitation of the made-up row. */
  public static Invitation invitation() {
    Row row = row();
    Instant now = Instant.now();
    return new Invitation(
        Invitation.id("0123456789abcdef", row.number()),
        BenchAccount.ID,
        "mail-0",
        "0123456789abcdef",
        row.number(),
        Channel.EMAIL,
        HASH,
        sealed().seal(BenchAccount.ID, "guest.1@example.org", row.fields()),
        "en",
        null,
        "0123456789abcdefABCDEF",
        InvitationState.ACCEPTED,
        now,
        now,
        now.plus(Duration.ofDays(7)),
        0,
        null,
        null,
        0,
        0,
        List.of(JournalEntry.of(now, InvitationState.ACCEPTED, "")));
  }
}
