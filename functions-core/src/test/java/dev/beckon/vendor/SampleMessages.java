package dev.beckon.vendor;

import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Messages to a cast of three, with text that only survives as UTF-8. */
public final class SampleMessages {

  /** Latin, Greek, a dash and a character outside the basic plane. */
  public static final String GREETING = "Grüße, Ελένη – how was it? 🎉";

  private static final List<String> NAMES = List.of("ada", "grace", "katherine");

  private SampleMessages() {}

  /** Messages with distinct references and recipients. */
  public static List<OutboundMessage> of(Channel channel, int count) {
    return IntStream.range(0, count).mapToObj(row -> one(channel, row)).toList();
  }

  public static OutboundMessage one(Channel channel, int row) {
    String reference = "b7f3-" + row;
    String address =
        channel == Channel.EMAIL
            ? NAMES.get(row % 3) + row + "@example.org"
            : "+4930%07d".formatted(row);
    Content content =
        channel == Channel.EMAIL
            ? new Content.Email(
                "Wie war's, Zoë?",
                GREETING + "\n\nRow " + row,
                "<p>" + GREETING + "</p><p>Row " + row + "</p>",
                URI.create("https://survey.example.org/u/t" + row))
            : new Content.Sms(GREETING + " Row " + row);
    return new OutboundMessage(
        reference,
        UUID.nameUUIDFromBytes(reference.getBytes(StandardCharsets.UTF_8)),
        new Recipient(channel, address),
        content);
  }
}
