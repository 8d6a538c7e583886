package dev.beckon.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.MDC;

/**
 * What was counted and measured for one vendor, lane and dispatch, as much of it as one line holds.
 *
 * @param about whose figures they are
 */
public record Figures(
    Map<Tag, String> about, Map<Metric, Long> counts, Map<Metric, List<Double>> values) {

  /** Said beside figures, for searches. */
  static final List<Tag> PROPERTIES = List.of(Tag.VENDOR, Tag.LANE, Tag.ACCOUNT, Tag.DISPATCH);

  private static final List<Tag> INVOCATION = List.of(Tag.FUNCTION, Tag.REQUEST_ID, Tag.TRACE_ID);

  /** Writes them, whose they are and of which invocation as fields of the object begun. */
  public void write(JsonGenerator out) throws IOException {
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
  }
}
