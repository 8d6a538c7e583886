package dev.beckon.account;

import dev.beckon.invitation.Channel;
import dev.beckon.json.JsonReader;
import java.util.HashMap;
import java.util.Map;

/** Reads a feed of an account, each problem under its own path. */
final class FeedReader {
  private FeedReader() {}

  static Feed read(String name, JsonReader node) {
    node.known(
        "dispatch",
        "recipients",
        "mapping",
        "language",
        "zone",
        "defaultCountry",
        "checkOnly",
        "approve");
    Map<Channel, String> recipients = new HashMap<>();
    node.texts("recipients")
        .forEach((label, field) ->
            Channel.ofLabel(label)
                .ifPresentOrElse(
                    channel -> recipients.put(channel, field),
                    () ->
                        node.problem(
                            "recipients." + label, "is not a channel; use email, sms or voice")));
    if (recipients.isEmpty()) {
      node.problem("recipients", "needs a channel and the column of its addresses");
    }
    return new Feed(
        name,
        node.text("dispatch"),
        recipients,
        node.texts("mapping"),
        node.optional("language"),
        node.optional("zone"),
        node.optional("defaultCountry"),
        mode(node));
  }

  private static Feed.Mode mode(JsonReader node) {
    boolean checkOnly = node.flag("checkOnly", false);
    boolean approve = node.flag("approve", false);
    if (checkOnly && approve) {
      node.problem(
          "approve", "has no meaning beside checkOnly, which sends nothing: leave one out");
    }
    return checkOnly ? Feed.Mode.CHECK : approve ? Feed.Mode.APPROVE : Feed.Mode.SEND;
  }
}
