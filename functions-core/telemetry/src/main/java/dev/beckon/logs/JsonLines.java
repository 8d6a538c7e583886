package dev.beckon.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.beckon.privacy.Failures;
import dev.beckon.privacy.Scrubber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * One JSON object a line. {@code timestamp} and {@code level} are named as <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">Lambda</a>
 * reads them. Libraries quote what they failed at: their words are scrubbed, and of a throwable
 * nothing is said but what {@link Failures} tells.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final String OURS = "dev.beckon";

  private final JsonFactory json = new JsonFactory();
  private final String installation;

  private final boolean timed;

  /** Lines that say themselves when they were written. */
  public JsonLines(String installation) {
    this(installation, true);
  }

  private JsonLines(String installation, boolean timed) {
    this.installation = installation;
    this.timed = timed;
  }

  /** Lines for a platform that keeps the time of each beside it. */
  public static JsonLines untimed(String installation) {
    return new JsonLines(installation, false);
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = object(event);
    line.write('\n');
    return line.toByteArray();
  }

  /** The line without its end. */
  public String line(ILoggingEvent event) {
    return object(event).toString(StandardCharsets.UTF_8);
  }

  private ByteArrayOutputStream object(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator out = json.createGenerator(line)) {
      out.writeStartObject();
      if (timed) {
        out.writeStringField("timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString());
      }
      out.writeStringField("level", event.getLevel().toString());
      out.writeStringField("logger", event.getLoggerName());
      out.writeStringField("message", message(event));
      out.writeStringField("installation", installation);
      for (Map.Entry<String, String> field : event.getMDCPropertyMap().entrySet()) {
        out.writeStringField(field.getKey(), field.getValue());
      }
      IThrowableProxy thrown = event.getThrowableProxy();
      if (thrown != null) {
        out.writeStringField("error", told(thrown));
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not to memory
    }
    return line;
  }

  private static String message(ILoggingEvent event) {
    String message = String.valueOf(event.getFormattedMessage());
    return event.getLoggerName().startsWith(OURS) ? message : Scrubber.scrub(message);
  }

  private static String told(IThrowableProxy thrown) {
    return thrown instanceof ThrowableProxy proxy
        ? Failures.tell(proxy.getThrowable())
        : thrown.getClassName();
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
