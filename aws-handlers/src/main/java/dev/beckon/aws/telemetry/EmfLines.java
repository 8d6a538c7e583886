package dev.beckon.aws.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.beckon.telemetry.Figures;
import dev.beckon.telemetry.Metric;
import dev.beckon.telemetry.Tag;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes figures as lines that CloudWatch makes metrics of, in the <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">embedded
 * metric format</a>: one line for each vendor, lane and dispatch that an invocation worked for.
 * Thread-safe.
 */
public final class EmfLines implements Consumer<Figures> {
  /** The namespace of all metrics. */
  public static final String NAMESPACE = "Beckon";

  /** The dimension that all metrics have. */
  public static final String INSTALLATION = "installation";

  /** Each of these costs money for every value it takes; their values are few and configured. */
  private static final List<Tag> DIMENSIONS = List.of(Tag.VENDOR, Tag.LANE);

  private final String installation;
  private final Clock clock;
  private final Consumer<String> lines;
  private final JsonFactory json = new JsonFactory();

  /**
   * @param lines takes each line, without its end
   */
  public EmfLines(String installation, Clock clock, Consumer<String> lines) {
    this.installation = installation;
    this.clock = clock;
    this.lines = lines;
  }

  @Override
  public void accept(Figures figures) {
    lines.accept(line(figures));
  }

  private String line(Figures figures) {
    StringWriter line = new StringWriter(512);
    try (JsonGenerator out = json.createGenerator(line)) {
      out.writeStartObject();
      writeDirective(out, figures);
      out.writeStringField(INSTALLATION, installation);
      figures.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not to memory
    }
    return line.toString();
  }

  private void writeDirective(JsonGenerator out, Figures figures) throws IOException {
    out.writeObjectFieldStart("_aws");
    out.writeNumberField("Timestamp", clock.millis());
    out.writeArrayFieldStart("CloudWatchMetrics");
    out.writeStartObject();
    out.writeStringField("Namespace", NAMESPACE);
    out.writeArrayFieldStart("Dimensions");
    writeSet(out, List.of(INSTALLATION));
    for (Tag tag : DIMENSIONS) {
      if (figures.about().containsKey(tag)) {
        writeSet(out, List.of(INSTALLATION, tag.label()));
      }
    }
    out.writeEndArray();
    out.writeArrayFieldStart("Metrics");
    List<Metric> all = new ArrayList<>(figures.counts().keySet());
    all.addAll(figures.values().keySet());
    for (Metric metric : all) {
      out.writeStartObject();
      out.writeStringField("Name", metric.label());
      out.writeStringField("Unit", metric.unit().label());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writeSet(JsonGenerator out, List<String> names) throws IOException {
    out.writeStartArray();
    for (String name : names) {
      out.writeString(name);
    }
    out.writeEndArray();
  }
}
