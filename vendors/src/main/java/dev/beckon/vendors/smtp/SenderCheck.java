package dev.beckon.vendors.smtp;

import dev.beckon.check.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens a session as a mail would, names the sender and goes back: RSET ends what MAIL began before
 * there is a recipient, so nothing is sent (RFC 5321 §4.1.1.5).
 */
final class SenderCheck {
  private final SmtpOptions options;

  SenderCheck(SmtpOptions options) {
    this.options = options;
  }

  /**
   * @param socket new, for the caller to abort when time is up
   */
  List<Finding> run(SmtpSocket socket) {
    String server = options.host() + ":" + options.port();
    SmtpConnection connection;
    try {
      connection = SmtpConnection.open(socket, options);
    } catch (SmtpException e) {
      return List.of(
          Finding.wrong(
              "no session with " + server + ": " + e.result().reason(),
              "check host, port, security, username and the password's secret; from a function's"
                  + " network port 25 is closed, 587 is open"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.good(
            server
                + " answers"
                + (options.security() == SmtpOptions.Security.NONE ? ", unencrypted" : " over TLS")
                + (options.username() == null ? ", without a login" : " and takes the login")));
    try {
      findings.add(sender(connection));
      connection.quit();
    } catch (IOException | SmtpException e) {
      socket.abort();
      findings.add(
          Finding.wrong(
              server + " broke off after MAIL FROM: " + e.getClass().getSimpleName(),
              "ask whoever runs it"));
    }
    return findings;
  }

  private Finding sender(SmtpConnection connection) throws IOException, SmtpException {
    String domain = options.sender().domain();
    String flags = MailAddress.isInternational(options.sender().address()) ? " SMTPUTF8" : "";
    connection.socket().command("MAIL FROM:<" + options.sender().address() + ">" + flags);
    SmtpReply reply = connection.socket().reply();
    if (!reply.isPositive()) {
      // its words may repeat the address
      return Finding.wrong(
          "the sender at " + domain + " is refused: " + reply.code() + " " + reply.enhanced(),
          "have the address or the domain verified there, or correct senderAddress");
    }
    connection.socket().command("RSET");
    connection.socket().reply();
    return Finding.good(
        "the sender at " + domain + " is taken at MAIL FROM; some servers refuse one only later");
  }
}
