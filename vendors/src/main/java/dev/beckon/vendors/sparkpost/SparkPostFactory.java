package dev.beckon.vendors.sparkpost;

import dev.beckon.invitation.Channel;
import dev.beckon.vendor.Setting;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** SparkPost, in the US, the EU or with an endpoint of one's own. */
public final class SparkPostFactory implements VendorFactory {

  @Override
  public String name() {
    return "sparkpost";
  }

  @Override
  public Set<Channel> channels() {
    return Set.of(Channel.EMAIL);
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required("apiKey", Setting.Type.SECRET, "a reference to a key that may transmit"),
        Setting.required("senderAddress", Setting.Type.TEXT, "the address mails come from"),
        Setting.optional("senderName", Setting.Type.TEXT, "the name shown beside it"),
        Setting.optional("replyTo", Setting.Type.TEXT, "the address answers go to"),
        Setting.withDefault(
            "url",
            Setting.Type.URI,
            "https://api.sparkpost.com",
            "the endpoint; https://api.eu.sparkpost.com in the EU"),
        Setting.withDefault(
            "batch", Setting.Type.INTEGER, "2000", "recipients one call takes, up to 10000"),
        Setting.withDefault(
            "gather", Setting.Type.DURATION, "PT0.5S", "how long single mails wait for others"),
        Setting.withDefault("connections", Setting.Type.INTEGER, "10", "calls at once"),
        Setting.withDefault("timeout", Setting.Type.DURATION, "PT50S", "bound of a whole call"),
        Setting.withDefault(
            "openTracking", Setting.Type.TEXT, "false", "true adds an image that tells of opens"),
        Setting.withDefault(
            "clickTracking", Setting.Type.TEXT, "false", "true leads links through SparkPost"),
        Setting.withDefault(
            "transactional",
            Setting.Type.TEXT,
            "true",
            "false adds SparkPost's own unsubscribe header to ours"),
        Setting.optional("ipPool", Setting.Type.TEXT, "the dedicated IP pool to send from"),
        Setting.optional(
            "subaccount", Setting.Type.INTEGER, "the subaccount to send for, by its number"));
  }

  @Override
  public Vendor create(VendorSettings settings) {
    return new SparkPostVendor(SparkPostOptions.of(settings), Clock.systemUTC());
  }
}
