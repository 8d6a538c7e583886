package dev.beckon.vendors.smtp;

import dev.beckon.bench.steps.Mails;
import dev.beckon.vendor.OutboundMessage;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writing a mail. */
@State(Scope.Benchmark)
public class MimeBenchmark {
  private final SmtpOptions.Sender sender =
      new SmtpOptions.Sender("hello@bench.example", "Bench", null);
  private final OutboundMessage message = Mails.rendered();
  private final Instant now = Instant.now();

  /** A rendered mail in text and HTML. */
  @Benchmark
  public byte[] mime() throws SmtpException {
    return MimeMessage.compose(message, sender, now);
  }
}
