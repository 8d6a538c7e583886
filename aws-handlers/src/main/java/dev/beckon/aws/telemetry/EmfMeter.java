package dev.beckon.aws.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Metric;
import dev.beckon.telemetry.Tag;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.MDC;

/**
 * Writes figures as lines that CloudWatch makes metrics of, in the <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">embedded
 * metric format</a>: one line for each vendor, lane and dispatch that an invocation worked for.
 * Thread-safe.
 */
public final class EmfMeter implements Meter {
  /** The namespace of all metrics. */
  public static final String NAMESPACE = "Beckon";

  /** The dimension that all metrics have. */
  public static final String INSTALLATION = "installation";

  /** What the format allows for one metric of a line. */
  private static final int MOST_VALUES = 100;

  /** Each of these costs money for every value it takes; their values are few and configured. */
  private static final List<Tag> DIMENSIONS = List.of(Tag.VENDOR, Tag.LANE);

  /** Said beside the figures, for searches; they make no metric of their own. */
  private static final List<Tag> PROPERTIES =
      List.of(Tag.VENDOR, Tag.LANE, Tag.ACCOUNT, Tag.DISPATCH);

  private static final List<Tag> INVOCATION = List.of(Tag.FUNCTION, Tag.REQUEST_ID, Tag.TRACE_ID);

  private final String installation;
  private final Clock clock;
  private final Consumer<String> lines;
  private final JsonFactory json = new JsonFactory();

  private Map<Map<Tag, String>, Figures> figures = new LinkedHashMap<>();

  /**
   * @param lines takes each line, without its end
   */
  public EmfMeter(String installation, Clock clock, Consumer<String> lines) {
    this.installation = installation;
    this.clock = clock;
    this.lines = lines;
  }

  private static final class Figures {
    final Map<Metric, Long> counts = new EnumMap<>(Metric.class);
    final Map<Metric, Samples> samples = new EnumMap<>(Metric.class);
  }

  @Override
  public synchronized void add(Metric metric, Map<Tag, String> about, long count) {
    of(about).counts.merge(metric, count, Long::sum);
  }

  @Override
  public synchronized void record(Metric metric, Map<Tag, String> about, double value) {
    of(about).samples.computeIfAbsent(metric, any -> new Samples()).add(value);
  }

  private Figures of(Map<Tag, String> about) {
    Map<Tag, String> kept = new EnumMap<>(Tag.class);
    for (Tag tag : PROPERTIES) {
      String value = about.get(tag);
      if (value != null) {
        kept.put(tag, value);
      }
    }
    return figures.computeIfAbsent(kept, any -> new Figures());
  }

  @Override
  public void flush() {
    Map<Map<Tag, String>, Figures> all;
    synchronized (this) {
      all = figures;
      figures = new LinkedHashMap<>();
    }
    all.forEach(this::write);
  }

  /** As many lines as its longest list of values needs; the counts are on the first. */
  private void write(Map<Tag, String> about, Figures some) {
    Map<Metric, List<Double>> left = new EnumMap<>(Metric.class);
    some.samples.forEach((metric, samples) -> left.put(metric, samples.values()));
    Map<Metric, Long> counts = some.counts;
    do {
      Map<Metric, List<Double>> now = new EnumMap<>(Metric.class);
      left.forEach((metric, values) ->
          now.put(metric, values.subList(0, Math.min(MOST_VALUES, values.size()))));
      lines.accept(line(about, counts, now));
      now.forEach((metric, values) ->
          left.compute(
              metric,
              (any, all) ->
                  values.size() == all.size() ? null : all.subList(values.size(), all.size())));
      counts = Map.of();
    } while (!left.isEmpty());
  }

  private String line(
      Map<Tag, String> about, Map<Metric, Long> counts, Map<Metric, List<Double>> values) {
    StringWriter line = new StringWriter(512);
    try (JsonGenerator out = json.createGenerator(line)) {
      out.writeStartObject();
      writeDirective(out, about, counts, values);
      out.writeStringField(INSTALLATION, installation);
      for (Map.Entry<Tag, String> property : about.entrySet()) {
        out.writeStringField(property.getKey().label(), property.getValue());
      }
      for (Tag tag : INVOCATION) {
        String value = MDC.get(tag.label());
        if (value != null) {
          out.writeStringField(tag.label(), value);
        }
      }
      for (Map.Entry<Metric, Long> count : counts.entrySet()) {
        out.writeNumberField(count.getKey().label(), count.getValue());
      }
      for (Map.Entry<Metric, List<Double>> measured : values.entrySet()) {
        out.writeArrayFieldStart(measured.getKey().label());
        for (double value : measured.getValue()) {
          out.writeNumber(Math.round(value * 1_000) / 1_000.0);
        }
        out.writeEndArray();
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not to memory
    }
    return line.toString();
  }

  private void writeDirective(
      JsonGenerator out,
      Map<Tag, String> about,
      Map<Metric, Long> counts,
      Map<Metric, List<Double>> values)
      throws IOException {
    out.writeObjectFieldStart("_aws");
    out.writeNumberField("Timestamp", clock.millis());
    out.writeArrayFieldStart("CloudWatchMetrics");
    out.writeStartObject();
    out.writeStringField("Namespace", NAMESPACE);
    out.writeArrayFieldStart("Dimensions");
    writeSet(out, List.of(INSTALLATION));
    for (Tag tag : DIMENSIONS) {
      if (about.containsKey(tag)) {
        writeSet(out, List.of(INSTALLATION, tag.label()));
      }
    }
    out.writeEndArray();
    out.writeArrayFieldStart("Metrics");
    List<Metric> all = new ArrayList<>(counts.keySet());
    all.addAll(values.keySet());
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
