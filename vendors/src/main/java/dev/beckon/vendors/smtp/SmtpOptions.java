package dev.beckon.vendors.smtp;

import dev.beckon.account.Secret;
import dev.beckon.vendor.VendorSettings;
import java.net.IDN;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The settings of an SMTP account, checked together. */
record SmtpOptions(
    String host,
    int port,
    Security security,
    @Nullable String username,
    @Nullable Secret password,
    Sender sender,
    int connections,
    int messagesPerConnection,
    int batch,
    Duration timeout,
    String ehloName,
    SSLSocketFactory tls) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  enum Security {
    NONE,
    STARTTLS,
    TLS
  }

  /** Who mails come from; the address with its domain in ASCII. */
  record Sender(String address, @Nullable String name, @Nullable String replyTo) {
    Sender {
      if (!MailAddress.isSafe(address)) {
        throw new IllegalArgumentException("senderAddress: not an address");
      }
      if (replyTo != null && !MailAddress.isSafe(replyTo)) {
        throw new IllegalArgumentException("replyTo: not an address");
      }
      if (name != null && name.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("senderName: holds a control character");
      }
    }

    String domain() {
      return address.substring(address.lastIndexOf('@') + 1);
    }
  }

  SmtpOptions {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port: must be from 1 to 65535");
    }
    if (connections < 1 || messagesPerConnection < 1 || batch < 1 || timeout.isZero()) {
      throw new IllegalArgumentException(
          "connections, messagesPerConnection, batch and timeout: must be positive");
    }
    if ((username == null) != (password == null)) {
      throw new IllegalArgumentException("username and password: give both or neither");
    }
    if (username != null && security == Security.NONE && !LOOPBACK.contains(host)) {
      throw new IllegalArgumentException(
          "security: credentials never travel in plain text; use starttls or tls");
    }
    if (!ehloName.matches("[A-Za-z0-9.:\\[\\]_-]+")) {
      throw new IllegalArgumentException("ehloName: not a host name");
    }
  }

  static SmtpOptions of(VendorSettings settings) {
    Sender sender =
        new Sender(
            ascii(settings.text("senderAddress")),
            settings.optionalText("senderName").orElse(null),
            settings.optionalText("replyTo").map(SmtpOptions::ascii).orElse(null));
    return new SmtpOptions(
        settings.text("host"),
        settings.integer("port"),
        security(settings.text("security")),
        settings.optionalText("username").orElse(null),
        settings.optionalSecret("password").orElse(null),
        sender,
        settings.integer("connections"),
        settings.integer("messagesPerConnection"),
        settings.integer("batch"),
        settings.duration("timeout"),
        settings.optionalText("ehloName").orElse(sender.domain()),
        TrustedCertificates.sockets(settings.optionalText("trustedCertificates").orElse(null)));
  }

  private static Security security(String text) {
    try {
      return Security.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("security: must be starttls, tls or none", e);
    }
  }

  private static String ascii(String address) {
    int at = address.lastIndexOf('@');
    return at < 0 ? address : address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1));
  }

  /** The server only: the rest is private. */
  @Override
  public String toString() {
    return "SmtpOptions[" + host + ":" + port + "]";
  }
}
