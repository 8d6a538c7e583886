package dev.beckon.vendors.smtp;

import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a refusal says, by stage, code (RFC 5321 §4.2.3) and enhanced code (RFC 3463, RFC 7372).
 * Before the end of data nothing can have been accepted.
 */
final class ReplyTable {
  private static final Pattern QUEUED =
      Pattern.compile(
          "(?:queued as |^(?:2\\.\\d\\.\\d )?ok:? )<?([\\w.@+-]{6,100})>?",
          Pattern.CASE_INSENSITIVE);

  /** Codes that blame our credentials: RFC 4954 §6. */
  private static final Set<Integer> CREDENTIALS = Set.of(530, 534, 535, 538);

  enum Stage {
    OPENING,
    SENDER,
    RECIPIENT,
    DATA,
    END
  }

  private ReplyTable() {}

  static SendResult judge(Stage stage, SmtpReply reply) {
    if (stage == Stage.END && reply.isPositive()) {
      Matcher matcher = QUEUED.matcher(reply.text());
      return SendResult.accepted(matcher.find() ? matcher.group(1) : null);
    }
    SendCode code =
        switch (reply.code() / 100) {
          case 4 -> transientCode(stage, reply);
          case 5 -> permanentCode(stage, reply);
          default -> stage == Stage.END ? SendCode.UNCLEAR_REPLY : SendCode.UNAVAILABLE;
        };
    return SendResult.of(code, reply.reason());
  }

  private static SendCode transientCode(Stage stage, SmtpReply reply) {
    String enhanced = reply.enhanced();
    // Amazon SES says its rate limit with 454:
    // docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html
    if (reply.text().toLowerCase(Locale.ROOT).contains("throttl")) {
      return SendCode.THROTTLED;
    }
    boolean policy = enhanced.startsWith("7.") || enhanced.equals("5.3") || enhanced.equals("2.1");
    boolean slowDown =
        switch (reply.code()) {
          case 421 -> enhanced.isEmpty() || policy;
          // without an enhanced code a recipient's 450 is a busy mailbox, a sender's a brake on us
          case 450 -> policy || (enhanced.isEmpty() && stage != Stage.RECIPIENT);
          case 451, 452 -> policy;
          default -> false;
        };
    return slowDown ? SendCode.THROTTLED : SendCode.UNAVAILABLE;
  }

  private static SendCode permanentCode(Stage stage, SmtpReply reply) {
    String enhanced = reply.enhanced();
    if (CREDENTIALS.contains(reply.code()) || enhanced.matches("7\\.(8|9|2\\d)")) {
      return SendCode.BAD_CONFIGURATION;
    }
    return switch (stage) {
      case OPENING -> SendCode.BAD_CONFIGURATION;
      case SENDER ->
          reply.code() == 552 || enhanced.equals("3.4") || enhanced.startsWith("6.")
              ? SendCode.BAD_CONTENT
              : SendCode.BAD_CONFIGURATION;
      case RECIPIENT -> recipientCode(reply);
      case DATA -> {
        if (enhanced.startsWith("1.")) {
          yield SendCode.BAD_RECIPIENT;
        }
        yield reply.code() < 510 ? SendCode.BAD_CONFIGURATION : SendCode.BAD_CONTENT;
      }
      case END ->
          enhanced.startsWith("1.") || enhanced.startsWith("2.")
              ? SendCode.BAD_RECIPIENT
              : SendCode.BAD_CONTENT;
    };
  }

  /** A relay that is closed to us refuses every recipient: that is our configuration. */
  private static SendCode recipientCode(SmtpReply reply) {
    String text = reply.text().toLowerCase(Locale.ROOT);
    boolean ours =
        Set.of(500, 502, 503, 504, 555).contains(reply.code())
            || Set.of("1.7", "1.8").contains(reply.enhanced())
            || text.contains("relay")
            || text.contains("authenticat");
    return ours ? SendCode.BAD_CONFIGURATION : SendCode.BAD_RECIPIENT;
  }
}
