package dev.beckon.vendors.messagebird;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.beckon.check.Finding;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.HttpFailure;
import dev.beckon.vendor.HttpReply;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorHttp;
import dev.beckon.vendors.messagebird.MessageBirdOptions.Datacoding;
import dev.beckon.vendors.messagebird.SmsText.Alphabet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Sends one text message a request. Thread-safe. */
final class MessageBird implements Vendor {
  private static final JsonFactory JSON = new JsonFactory();

  private final MessageBirdOptions options;
  private final InstantSource clock;
  private final VendorHttp http;
  private final Map<String, String> headers;

  MessageBird(MessageBirdOptions options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
    this.http =
        new VendorHttp(options.timeout(), List.of(options.accessKey()), options.connections());
    this.headers =
        Map.of(
            "Authorization", "AccessKey " + options.accessKey().reveal(),
            "Accept", "application/json",
            "Content-Type", "application/json; charset=utf-8");
  }

  @Override
  public int maxBatch() {
    return 1;
  }

  @Override
  public int maxInFlight() {
    return options.connections();
  }

  @Override
  public Duration timeout() {
    return options.timeout();
  }

  @Override
  public List<SendResult> send(List<OutboundMessage> messages) {
    if (messages.size() != 1) {
      throw new IllegalArgumentException(messages.size() + " messages in a call that takes 1");
    }
    OutboundMessage message = messages.get(0);
    return List.of(
        message.content() instanceof Content.Sms sms
            ? send(message, sms.text())
            : SendResult.of(SendCode.BAD_CONTENT, "not a text message"));
  }

  @Override
  public List<Finding> check() {
    return new BalanceCheck(options, http, headers).run();
  }

  @Override
  public void close() {
    http.close();
  }

  private SendResult send(OutboundMessage message, String text) {
    SmsText counted =
        options.datacoding() == Datacoding.UNICODE ? SmsText.unicode(text) : SmsText.of(text);
    String problem = problem(counted);
    if (!problem.isEmpty()) {
      return SendResult.of(SendCode.BAD_CONTENT, problem);
    }
    byte[] body = body(message, text, counted);
    return switch (http.post(options.url(), headers, body, options.timeout())) {
      case HttpFailure failure -> failure.result();
      case HttpReply reply ->
          Replies.read(reply, message.reference(), counted.parts(), clock.instant());
    };
  }

  private String problem(SmsText text) {
    if (text.parts() == 0) {
      return "the text is empty";
    }
    if (options.datacoding() == Datacoding.PLAIN && text.alphabet() != Alphabet.GSM) {
      return "the text holds characters outside the GSM alphabet; set datacoding to auto";
    }
    if (text.parts() > options.maxParts()) {
      return "the text takes %d parts in the %s alphabet, more than maxParts (%d)"
          .formatted(text.parts(), text.alphabet(), options.maxParts());
    }
    return "";
  }

  /** The alphabet is stated even for auto: what is billed is then what was counted. */
  private byte[] body(OutboundMessage message, String text, SmsText counted) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + text.length());
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("originator", options.originator());
      json.writeArrayFieldStart("recipients");
      json.writeString(message.to().address().substring(1)); // E.164, here without its plus
      json.writeEndArray();
      json.writeStringField("body", text);
      json.writeStringField("reference", message.reference());
      json.writeStringField("datacoding", counted.alphabet() == Alphabet.GSM ? "plain" : "unicode");
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written but memory
    }
    return bytes.toByteArray();
  }
}
