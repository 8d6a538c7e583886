package dev.beckon.vendors.sparkpost;

import dev.beckon.account.Secret;
import dev.beckon.bench.steps.Mails;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.VendorSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writing the JSON of a call. */
@State(Scope.Benchmark)
public class TransmissionBenchmark {
  private static final int RECIPIENTS = 2_000;

  private final TransmissionWriter writer =
      new TransmissionWriter(
          SparkPostOptions.of(
              VendorSettings.read(
                  new SparkPostFactory().settings(),
                  Map.of("apiKey", "secret://key", "senderAddress", "hello@bench.example"),
                  reference -> new Secret("none"))));
  private final OutboundMessage lifted = Mails.lifted();
  private final Content.BulkEmail bulk = (Content.BulkEmail) lifted.content();
  private final List<Addressed> recipients =
      IntStream.range(0, RECIPIENTS)
          .mapToObj(index -> new Addressed(index, lifted, bulk.values()))
          .toList();
  private final OutboundMessage rendered = Mails.rendered();
  private final WholeMails wholeMails = new WholeMails();

  /** One recipient inside a call of 2,000. */
  @Benchmark
  @OperationsPerInvocation(RECIPIENTS)
  public Object jsonRecipient() {
    return writer.write(bulk.mail(), recipients);
  }

  /** A call with one whole mail. */
  @Benchmark
  public Object jsonMail() {
    Content.BulkEmail whole = wholeMails.bulk((Content.Email) rendered.content());
    return writer.write(whole.mail(), List.of(new Addressed(0, rendered, whole.values())));
  }
}
