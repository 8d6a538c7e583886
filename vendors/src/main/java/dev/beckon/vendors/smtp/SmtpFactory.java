package dev.beckon.vendors.smtp;

import dev.beckon.invitation.Channel;
import dev.beckon.vendor.Setting;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Any SMTP server: a relay of one's own, or a mail vendor's SMTP door. */
public final class SmtpFactory implements VendorFactory {

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public Set<Channel> channels() {
    return Set.of(Channel.EMAIL);
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required("host", Setting.Type.TEXT, "the server's name, as in its certificate"),
        Setting.withDefault("port", Setting.Type.INTEGER, "587", "587 submission, 465 tls, 25"),
        Setting.withDefault(
            "security",
            Setting.Type.TEXT,
            "starttls",
            "starttls, tls, or none (a private relay or loopback)"),
        Setting.optional("username", Setting.Type.TEXT, "the account's name at the server"),
        Setting.optional("password", Setting.Type.SECRET, "a reference to its password"),
        Setting.required("senderAddress", Setting.Type.TEXT, "the address mails come from"),
        Setting.optional("senderName", Setting.Type.TEXT, "the name shown beside it"),
        Setting.optional("replyTo", Setting.Type.TEXT, "the address answers go to"),
        Setting.withDefault("connections", Setting.Type.INTEGER, "4", "connections at once"),
        Setting.withDefault(
            "messagesPerConnection", Setting.Type.INTEGER, "100", "mails before reconnecting"),
        Setting.withDefault("batch", Setting.Type.INTEGER, "50", "mails one call takes"),
        Setting.withDefault("timeout", Setting.Type.DURATION, "PT30S", "bound of a whole call"),
        Setting.optional("ehloName", Setting.Type.TEXT, "our host name; else the sender's domain"),
        Setting.optional(
            "trustedCertificates",
            Setting.Type.TEXT,
            "PEM certificates to trust instead of the system's, or the file: URL of them"));
  }

  @Override
  public Vendor create(VendorSettings settings) {
    return new SmtpVendor(SmtpOptions.of(settings), Clock.systemUTC());
  }
}
