package dev.beckon.intake;

import dev.beckon.account.Dispatch;
import dev.beckon.bench.steps.Samples;
import dev.beckon.bench.worker.BenchAccount;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import dev.beckon.invitation.SealedValue;
import dev.beckon.privacy.RecipientHasher;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Accepting a row. */
@State(Scope.Benchmark)
public class IntakeBenchmark {
  private final Row row = Samples.row();
  private final Dispatch mail = Samples.dispatch("mail-0");
  private final Dispatch text = Samples.dispatch("text-0");
  private final RowCheck check = new RowCheck();
  private final RecipientHasher hasher = new RecipientHasher("k1", Samples.key());
  private final Recipient recipient = new Recipient(Channel.EMAIL, "guest.1@example.org");
  private final SealedFields sealed = Samples.sealed();
  private final SealedValue value = sealed.seal(BenchAccount.ID, recipient.address(), row.fields());

  /** A row with a mail address and eight fields. */
  @Benchmark
  public Object rowCheck() {
    return check.check(row, mail);
  }

  /** A row with a phone number. */
  @Benchmark
  public Object rowCheckPhone() {
    return check.check(row, text);
  }

  @Benchmark
  public List<String> hash() {
    return hasher.all(recipient);
  }

  @Benchmark
  public SealedValue seal() {
    return sealed.seal(BenchAccount.ID, recipient.address(), row.fields());
  }

  @Benchmark
  public SealedFields.Opened open() {
    return sealed.open(BenchAccount.ID, value);
  }
}
