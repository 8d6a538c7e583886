package dev.beckon.vendors.messagebird;

import dev.beckon.invitation.Channel;
import dev.beckon.vendor.Setting;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** MessageBird's text messages (now Bird), through the API at rest.messagebird.com. */
public final class MessageBirdFactory implements VendorFactory {

  @Override
  public String name() {
    return "messagebird";
  }

  @Override
  public Set<Channel> channels() {
    return Set.of(Channel.SMS);
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required("accessKey", Setting.Type.SECRET, "a reference to the access key"),
        Setting.required(
            "originator",
            Setting.Type.TEXT,
            "the sender: a number with its country code, or at most 11 letters, digits and spaces"),
        with(
            "url",
            Setting.Type.URI,
            "https://rest.messagebird.com/messages",
            "the address messages are posted to"),
        with(
            "datacoding",
            Setting.Type.TEXT,
            "auto",
            "plain (only the GSM alphabet), unicode, or auto (unicode where the text needs it)"),
        with("maxParts", Setting.Type.INTEGER, "6", "the most parts one message may cost, 1 to 9"),
        with("connections", Setting.Type.INTEGER, "32", "requests at once"),
        with("timeout", Setting.Type.DURATION, "PT30S", "bound of a whole call"));
  }

  @Override
  public Vendor create(VendorSettings settings) {
    return new MessageBird(MessageBirdOptions.of(settings), InstantSource.system());
  }

  private static Setting with(String name, Setting.Type type, String fallback, String meaning) {
    return Setting.withDefault(name, type, fallback, meaning);
  }
}
