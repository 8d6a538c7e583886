package dev.beckon.vendors.smtp;

import dev.beckon.vendor.SendCode;
import dev.beckon.vendors.smtp.ReplyTable.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** An open session: greeted, secured and logged in. Used by one thread at a time. */
final class SmtpConnection {
  private final SmtpSocket socket;
  private final Map<String, String> offers = new HashMap<>();
  private int begun;

  private SmtpConnection(SmtpSocket socket) {
    this.socket = socket;
  }

  /** Opens a session over a new socket, which the caller may abort at any time. */
  static SmtpConnection open(SmtpSocket socket, SmtpOptions options) throws SmtpException {
    SmtpConnection connection = new SmtpConnection(socket);
    try {
      connection.start(options);
      return connection;
    } catch (IOException e) {
      socket.abort();
      throw new SmtpException(
          SendCode.UNAVAILABLE, "no session with the server: " + e.getClass().getSimpleName());
    } catch (SmtpException e) {
      socket.abort();
      throw masked(e, options);
    }
  }

  SmtpSocket socket() {
    return socket;
  }

  boolean offers(String extension) {
    return offers.containsKey(extension);
  }

  /** The largest message the server takes (RFC 1870), or the largest number without a limit. */
  long largestMessage() {
    String size = offers.getOrDefault("SIZE", "").strip();
    return size.matches("[1-9][0-9]{0,17}") ? Long.parseLong(size) : Long.MAX_VALUE;
  }

  int begun() {
    return begun;
  }

  void begin() {
    begun++;
  }

  void quit() {
    try {
      socket.command("QUIT");
    } catch (IOException e) {
      // gone already
    }
    socket.abort();
  }

  private void start(SmtpOptions options) throws IOException, SmtpException {
    InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
    if (address.isUnresolved()) {
      throw new SmtpException(SendCode.UNAVAILABLE, "the server's name has no address");
    }
    socket.connect(address);
    if (options.security() == SmtpOptions.Security.TLS) {
      socket.secure(options.tls(), options.host());
    }
    require(socket.reply(), 220);
    hello(options);
    if (options.security() == SmtpOptions.Security.STARTTLS) {
      if (!offers("STARTTLS")) {
        throw new SmtpException(
            SendCode.BAD_CONFIGURATION, "the server offers no STARTTLS; we send no plain text");
      }
      socket.command("STARTTLS");
      require(socket.reply(), 220);
      socket.secure(options.tls(), options.host());
      // RFC 3207 §4.2: whatever was said before is void
      hello(options);
    }
    if (options.username() != null && options.password() != null) {
      login(options.username(), options.password().reveal());
    }
  }

  private void hello(SmtpOptions options) throws IOException, SmtpException {
    offers.clear();
    socket.command("EHLO " + options.ehloName());
    SmtpReply reply = socket.reply();
    if (reply.code() / 100 == 5 && options.security() == SmtpOptions.Security.NONE) {
      socket.command("HELO " + options.ehloName());
      require(socket.reply(), 250);
      return;
    }
    require(reply, 250);
    String[] lines = reply.text().split("\n", -1);
    for (int i = 1; i < lines.length; i++) {
      String[] words = lines[i].strip().split("[ =]", 2);
      offers.merge(
          words[0].toUpperCase(Locale.ROOT),
          words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "",
          (first, second) -> first + " " + second);
    }
  }

  /** AUTH PLAIN (RFC 4616) or LOGIN, only ever after TLS or on loopback. */
  private void login(String username, String password) throws IOException, SmtpException {
    String mechanisms = " " + offers.getOrDefault("AUTH", "") + " ";
    if (mechanisms.contains(" PLAIN ")) {
      socket.command("AUTH PLAIN " + base64("\0" + username + "\0" + password));
    } else if (mechanisms.contains(" LOGIN ")) {
      socket.command("AUTH LOGIN");
      require(socket.reply(), 334);
      socket.command(base64(username));
      require(socket.reply(), 334);
      socket.command(base64(password));
    } else {
      throw new SmtpException(
          SendCode.BAD_CONFIGURATION, "the server offers neither AUTH PLAIN nor LOGIN");
    }
    require(socket.reply(), 235);
  }

  private static void require(SmtpReply reply, int code) throws SmtpException {
    if (reply.code() != code) {
      throw new SmtpException(ReplyTable.judge(Stage.OPENING, reply));
    }
  }

  /** Some servers repeat what they refuse. */
  private static SmtpException masked(SmtpException e, SmtpOptions options) {
    if (options.username() == null || options.password() == null) {
      return e;
    }
    String password = options.password().reveal();
    String reason =
        e.result()
            .reason()
            .replace(base64("\0" + options.username() + "\0" + password), "***")
            .replace(base64(password), "***")
            .replace(password, "***");
    return new SmtpException(e.result().code(), reason);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
