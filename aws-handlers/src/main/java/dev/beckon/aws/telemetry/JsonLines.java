package dev.beckon.aws.telemetry;

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
import java.time.Instant;
import java.util.Map;

/**
 * One JSON object a line. {@code timestamp} and {@code level} are named as <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">Lambda</a>
 * reads them. Libraries quote what they failed at: their words are scrubbed, and of a throwable
 * nothing is said but what {@link Failures} tells.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final String OURS = "dev.beckon";

  private final JsonFactory json = new JsonFactory();
  private final String installation;

  JsonLines(String installation) {
    this.installation = installation;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator out = json.createGenerator(line)) {
      out.writeStartObject();
      out.writeStringField("timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString());
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
    line.write('\n');
    return line.toByteArray();
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
