package dev.beckon.dispatch;

import dev.beckon.bench.steps.Samples;
import dev.beckon.invitation.Channel;
import dev.beckon.vendor.Content;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Making a message. */
@State(Scope.Benchmark)
public class RenderBenchmark {
  private static final String TOKEN = "0123456789abcdefABCDEF";

  private final Renderer mail = Messages.renderer(Samples.dispatch("mail-0"));
  private final Renderer text = Messages.renderer(Samples.dispatch("text-0"));
  private final Map<String, String> fields = Samples.row().fields();

  /** Subject, text and HTML, 2.1 KB in all. */
  @Benchmark
  public Content renderMail() {
    return mail.render(fields, TOKEN, "en", Channel.EMAIL);
  }

  /** The values of the same mail for a bulk vendor. */
  @Benchmark
  public Content liftMail() {
    return mail.lift(fields, TOKEN, "en", Channel.EMAIL);
  }

  @Benchmark
  public Content renderText() {
    return text.render(fields, TOKEN, "en", Channel.SMS);
  }
}
