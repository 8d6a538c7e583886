package dev.beckon.local.servers;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One connection. Answers are gathered until the next byte has to be waited for, which is what
 * makes pipelining (RFC 2920) fast. Every length is bounded; a client that goes too far is cut off.
 */
final class SmtpConversation {

  /** Bytes of one mail. */
  static final int LARGEST_MAIL = 10 << 20;

  private static final int MOST_RECIPIENTS = 1_000;
  private static final int MOST_ERRORS = 50;

  private final SmtpSink sink;
  private final SmtpInput in;
  private final OutputStream out;
  private boolean greeted;
  private boolean sender;
  private int recipients;
  private int errors;

  SmtpConversation(SmtpSink sink, InputStream in, OutputStream out) {
    this.sink = sink;
    this.out = new BufferedOutputStream(out, 16 << 10);
    this.in = new SmtpInput(in, this.out);
  }

  void run(boolean tooMany) throws IOException {
    if (tooMany) {
      say("421 4.3.2 Too many connections");
      out.flush();
      return;
    }
    say("220 localhost ESMTP Beckon sink");
    boolean going = true;
    while (going) {
      String line = in.line();
      if (line == null) {
        break;
      }
      going = command(line);
      if (errors > MOST_ERRORS) {
        say("421 4.7.0 Too many errors");
        going = false;
      }
    }
    out.flush();
  }

  /** False when the conversation is over. */
  private boolean command(String line) throws IOException {
    String verb = (line.length() < 4 ? line : line.substring(0, 4)).toUpperCase(Locale.ROOT);
    switch (verb) {
      case "EHLO" -> {
        reset();
        greeted = true;
        say("250-localhost");
        say("250-PIPELINING");
        say("250-8BITMIME");
        say("250-SMTPUTF8");
        say("250-ENHANCEDSTATUSCODES");
        say("250 SIZE " + LARGEST_MAIL);
      }
      case "HELO" -> {
        reset();
        greeted = true;
        say("250 localhost");
      }
      case "MAIL" -> mail(line);
      case "RCPT" -> recipient(line);
      case "DATA" -> {
        return data();
      }
      case "RSET" -> {
        reset();
        say("250 2.0.0 OK");
      }
      case "NOOP" -> say("250 2.0.0 OK");
      case "QUIT" -> {
        say("221 2.0.0 Bye");
        return false;
      }
      default -> error("500 5.5.2 Command not recognised");
    }
    return true;
  }

  private void mail(String line) throws IOException {
    if (!greeted) {
      error("503 5.5.1 Greet first");
    } else if (sender) {
      error("503 5.5.1 Nested MAIL");
    } else if (address(line, "MAIL FROM:") == null) {
      error("501 5.5.4 Syntax: MAIL FROM:<address>");
    } else if (declaredSize(line) > LARGEST_MAIL) {
      error("552 5.3.4 Message too large");
    } else {
      sender = true;
      say("250 2.1.0 OK");
    }
  }

  private void recipient(String line) throws IOException {
    String address = address(line, "RCPT TO:");
    if (!sender) {
      error("503 5.5.1 MAIL first");
    } else if (address == null || address.isEmpty()) {
      error("501 5.5.4 Syntax: RCPT TO:<address>");
    } else if (recipients >= MOST_RECIPIENTS) {
      say("452 4.5.3 Too many recipients");
    } else {
      switch (sink.judge(address)) {
        case REFUSE -> say("550 5.1.1 No such recipient");
        case THROTTLE -> say("451 4.7.1 Try again later");
        case ACCEPT -> {
          recipients++;
          say("250 2.1.5 OK");
        }
      }
    }
  }

  private boolean data() throws IOException {
    if (recipients == 0) {
      // a pipelining client sends DATA before it knows; every recipient may have been refused
      say(sender ? "554 5.5.1 No valid recipients" : "503 5.5.1 MAIL first");
      reset();
      return true;
    }
    say("354 End data with <CR><LF>.<CR><LF>");
    SmtpInput.Mail mail = in.mail(sink.wantsMore(), LARGEST_MAIL);
    if (mail == null) {
      return false;
    }
    if (mail.tooLarge()) {
      error("552 5.3.4 Message too large");
    } else if (mail.messageId().isEmpty()) {
      error("550 5.6.0 A Message-ID is needed to count by");
    } else {
      if (!sink.latency().isZero()) {
        out.flush();
        LockSupport.parkNanos(sink.latency().toNanos());
      }
      sink.received(mail.messageId(), mail.kept());
      say("250 2.0.0 Accepted");
    }
    reset();
    return true;
  }

  private void reset() {
    sender = false;
    recipients = 0;
  }

  private static @Nullable String address(String line, String start) {
    int open = line.indexOf('<', start.length());
    int close = line.indexOf('>', open + 1);
    return line.regionMatches(true, 0, start, 0, start.length()) && open >= 0 && close > open
        ? line.substring(open + 1, close)
        : null;
  }

  private static long declaredSize(String line) {
    int at = line.toUpperCase(Locale.ROOT).indexOf(" SIZE=");
    if (at < 0) {
      return 0;
    }
    int end = at + 6;
    while (end < line.length() && end < at + 24 && Character.isDigit(line.charAt(end))) {
      end++;
    }
    try {
      return Long.parseLong(line.substring(at + 6, end));
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private void error(String answer) throws IOException {
    errors++;
    say(answer);
  }

  private void say(String answer) throws IOException {
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    out.write('\r');
    out.write('\n');
  }
}
