package dev.beckon.logs;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.config.LogSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Sets logging up as in a Lambda environment, for as long as it is open, and keeps what is printed.
 */
public final class LogLines implements AutoCloseable {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** One JSON object a line, on standard output. */
  public LogLines(String level) {
    this(level, setup -> setup.to(setup.standardOutput()));
  }

  /**
   * @param cloud sets logging up as it does there
   */
  public LogLines(String level, Consumer<LogSetup> cloud) {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    context.reset();
    cloud.accept(new LogSetup(context, new LogSettings(level, "beckon-dev")));
  }

  /** Everything printed. */
  public String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** Every line, as the JSON object it must be. */
  public List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text().lines().toList()) {
      lines.add(JsonMapper.builder().build().readTree(line));
    }
    return lines;
  }

  /** Those whose message has this in it. */
  public Stream<JsonNode> with(String words) throws IOException {
    return lines().stream().filter(line -> line.path("message").asText().contains(words));
  }

  @Override
  public void close() {
    System.setOut(before);
    context.reset();
    context.getLogger("ROOT").setLevel(ch.qos.logback.classic.Level.OFF);
  }
}
