package dev.beckon.api;

import dev.beckon.intake.Refusal;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.json.JsonReader;
import dev.beckon.web.Problem.Fault;
import java.util.EnumMap;
import java.util.Map;

/** The one row that a preview shows and a test-send sends, as requests write rows. */
final class SampleRow {
  private static final int NUMBER = 0;
  private static final int MOST_FIELDS = 200;

  private SampleRow() {}

  static Row read(JsonReader body) {
    Map<Channel, String> addresses = new EnumMap<>(Channel.class);
    body.texts("recipients")
        .forEach((label, address) ->
            Channel.ofLabel(label)
                .ifPresentOrElse(
                    channel -> addresses.put(channel, address),
                    () ->
                        body.problem(
                            "recipients",
                            "names a channel there is not; use email, sms or voice")));
    Map<String, String> fields = body.texts("fields");
    if (fields.size() > MOST_FIELDS) {
      body.problem("fields", "has more than " + MOST_FIELDS + " fields; send those that are used");
    }
    return new Row(
        NUMBER,
        addresses,
        fields,
        body.optional("language"),
        body.optional("zone"),
        body.optional("country"));
  }

  /** Why a row is refused, by the field of the request. */
  static Fault fault(Refusal refusal) {
    return Fault.of(path(refusal) + ": " + refusal.message());
  }

  private static String path(Refusal refusal) {
    if (refusal.code().startsWith("field-")) {
      return "fields." + refusal.field();
    }
    if (refusal.field().equals("zone")) {
      return "zone";
    }
    return Channel.ofLabel(refusal.field()).isPresent() && !refusal.code().equals("address-missing")
        ? "recipients." + refusal.field()
        : "recipients";
  }
}
