package dev.beckon.azure.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.beckon.telemetry.Figures;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * Writes figures as lines that queries of Application Insights find: one for each vendor, lane and
 * dispatch that an invocation worked for. Thread-safe.
 */
final class FigureLines implements Consumer<Figures> {
  /** The field each line begins with; queries look for it and the name. */
  static final String FIRST = "metrics";

  static final String NAMESPACE = "Beckon";

  private final String installation;
  private final Consumer<String> lines;
  private final JsonFactory json = new JsonFactory();

  /**
   * @param lines takes each line, without its end, by the thread that flushes
   */
  FigureLines(String installation, Consumer<String> lines) {
    this.installation = installation;
    this.lines = lines;
  }

  @Override
  public void accept(Figures figures) {
    StringWriter line = new StringWriter(512);
    try (JsonGenerator out = json.createGenerator(line)) {
      out.writeStartObject();
      out.writeStringField(FIRST, NAMESPACE);
      out.writeStringField("installation", installation);
      figures.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not to memory
    }
    lines.accept(line.toString());
  }
}
