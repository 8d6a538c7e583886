package dev.beckon.vendors.sparkpost;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.beckon.template.SharedText;
import dev.beckon.vendor.SharedMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes requests of the <a
 * href="https://developers.sparkpost.com/api/transmissions/">Transmissions API</a>: what recipients
 * share once, then a few hundred bytes for each. Thread-safe.
 */
final class TransmissionWriter {
  /** Our reference, as SparkPost's events return it in {@code rcpt_meta}. */
  static final String REFERENCE = "ref";

  /**
   * Bodies end soon after this. SparkPost advises 50 MB at most; ten connections with such bodies
   * would not fit in the memory of a small function.
   */
  private static final int ENOUGH = 8 << 20;

  private static final SerializableString ADDRESS = new SerializedString("address");
  private static final SerializableString EMAIL = new SerializedString("email");
  private static final SerializableString METADATA = new SerializedString("metadata");
  private static final SerializableString SUBSTITUTION = new SerializedString("substitution_data");
  private static final SerializableString REF = new SerializedString(REFERENCE);

  private final JsonFactory json = new JsonFactory();
  private final SparkPostOptions options;

  TransmissionWriter(SparkPostOptions options) {
    this.options = options;
  }

  /**
   * A request.
   *
   * @param recipients how many of those given are in it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Transmission(byte[] body, int recipients) {}

  /** Writes as many recipients as fit, at least one. */
  Transmission write(SharedMail mail, List<Addressed> recipients) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(64 << 10);
    int written = 0;
    try (JsonGenerator out = json.createGenerator(bytes, JsonEncoding.UTF8)) {
      out.writeStartObject();
      options(out);
      content(mail, out);
      out.writeArrayFieldStart("recipients");
      SerializableString[] names = names(recipients);
      while (written < recipients.size() && bytes.size() < ENOUGH) {
        recipient(recipients.get(written++), names, out);
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return new Transmission(bytes.toByteArray(), written);
  }

  private void options(JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("options");
    out.writeBooleanField("open_tracking", options.tracking().opens());
    out.writeBooleanField("click_tracking", options.tracking().clicks());
    out.writeBooleanField("transactional", options.tracking().transactional());
    if (options.ipPool() != null) {
      out.writeStringField("ip_pool", options.ipPool());
    }
    out.writeEndObject();
    out.writeObjectFieldStart("substitution_data");
    out.writeStringField(Spelling.OPEN, "{");
    out.writeStringField(Spelling.CLOSE, "}");
    out.writeEndObject();
  }

  private void content(SharedMail mail, JsonGenerator out) throws IOException {
    SparkPostOptions.Sender sender = options.sender();
    out.writeObjectFieldStart("content");
    out.writeObjectFieldStart("from");
    out.writeStringField("email", sender.address());
    if (sender.name() != null) {
      out.writeStringField("name", Spelling.of(sender.name()));
    }
    out.writeEndObject();
    if (sender.replyTo() != null) {
      out.writeStringField("reply_to", sender.replyTo());
    }
    part("subject", mail.subject(), out);
    part("text", mail.text(), out);
    SharedText html = mail.html();
    if (html != null) {
      part("html", html, out);
    }
    SharedText unsubscribe = mail.unsubscribe();
    if (unsubscribe != null) {
      unsubscribe(unsubscribe, out);
    }
    out.writeEndObject();
  }

  private static void part(String name, SharedText text, JsonGenerator out) throws IOException {
    out.writeStringField(name, WellFormed.text(Spelling.of(text)));
  }

  /** RFC 2369 and RFC 8058; one click only over https. */
  private static void unsubscribe(SharedText link, JsonGenerator out) throws IOException {
    String spelled = Spelling.of(link);
    out.writeObjectFieldStart("headers");
    out.writeStringField("List-Unsubscribe", "<" + spelled + ">");
    if (spelled.startsWith("https:")) {
      out.writeStringField("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    out.writeEndObject();
  }

  private static SerializableString[] names(List<Addressed> recipients) {
    SerializableString[] names = new SerializableString[recipients.getFirst().values().size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = new SerializedString(Spelling.variable(i));
    }
    return names;
  }

  private static void recipient(Addressed recipient, SerializableString[] names, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeFieldName(ADDRESS);
    out.writeStartObject();
    out.writeFieldName(EMAIL);
    out.writeString(recipient.address());
    out.writeEndObject();
    out.writeFieldName(METADATA);
    out.writeStartObject();
    out.writeFieldName(REF);
    out.writeString(recipient.reference());
    out.writeEndObject();
    out.writeFieldName(SUBSTITUTION);
    out.writeStartObject();
    List<String> values = recipient.values();
    for (int i = 0; i < names.length; i++) {
      out.writeFieldName(names[i]);
      out.writeString(WellFormed.text(values.get(i)));
    }
    out.writeEndObject();
    out.writeEndObject();
  }
}
