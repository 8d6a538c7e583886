package dev.beckon.vendors.smtp;

import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendors.smtp.Mails.Mail;
import dev.beckon.vendors.smtp.ReplyTable.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sends mails over one connection until all are settled, the connection is used up or it breaks. A
 * body is written only after 354. Where the server pipelines (RFC 2920), MAIL, RCPT and DATA share
 * a write, and so do the end of one mail and the envelope of the next. Used by one thread, once.
 */
final class SmtpTransfer {
  /** All but this much of a mail is written first: without its end it cannot be accepted. */
  private static final int LAST_WRITE = 32 * 1024;

  private final SmtpConnection connection;
  private final SmtpSocket socket;
  private final Mails mails;
  private final int most;
  private final boolean pipelining;
  private final int settledBefore;
  private boolean reset;

  SmtpTransfer(SmtpConnection connection, Mails mails, int most) {
    this.connection = connection;
    this.socket = connection.socket();
    this.mails = mails;
    this.most = most;
    this.pipelining = connection.offers("PIPELINING");
    this.settledBefore = mails.settled();
  }

  /** Whether any mail was settled over this connection. */
  boolean progressed() {
    return mails.settled() > settledBefore;
  }

  /** Null when the connection is good for more; else what its end means to mails not settled. */
  @Nullable SendResult run() {
    try {
      boolean written = false;
      for (Mail mail = mails.peek(0); mail != null; mail = mails.peek(0)) {
        SendResult unfit = unfit(mail);
        if (unfit != null && !written) {
          mails.settle(unfit);
          continue;
        }
        if (!written && connection.begun() >= most) {
          return null;
        }
        SendResult refusal = envelope(mail, written);
        written = false;
        if (refusal != null) {
          mails.settle(refusal);
          continue;
        }
        connection.begin();
        written = body(mail);
        if (mails.isInDoubt()) {
          return SendResult.of(SendCode.NOT_STARTED, "an answer was lost");
        }
      }
      if (reset) {
        command("RSET");
      }
      return null;
    } catch (SmtpException e) {
      return e.result();
    } catch (IOException e) {
      return SendResult.of(
          SendCode.UNAVAILABLE, "the connection broke before the mail was written");
    }
  }

  private @Nullable SendResult unfit(Mail mail) {
    if (mail.data().length > connection.largestMessage()) {
      return SendResult.of(SendCode.BAD_CONTENT, "larger than the server takes");
    }
    if (MailAddress.isInternational(mail.recipient() + mails.sender())
        && !connection.offers("SMTPUTF8")) {
      return SendResult.of(SendCode.BAD_RECIPIENT, "the server takes no address beyond ASCII");
    }
    return null;
  }

  /** Gets to 354; else the refusal, with the session ready for the next mail. */
  private @Nullable SendResult envelope(Mail mail, boolean written)
      throws IOException, SmtpException {
    if (pipelining) {
      if (!written) {
        byte[] bytes = envelopeText(mail).getBytes(StandardCharsets.UTF_8);
        socket.write(bytes, 0, bytes.length);
      }
      return pipelinedReplies();
    }
    if (reset) {
      command("RSET");
      reset = false;
    }
    SmtpReply sender = command(mailCommand(mail));
    if (!sender.isPositive()) {
      return refused(Stage.SENDER, sender);
    }
    reset = true;
    SmtpReply recipient = command(rcptCommand(mail));
    if (!recipient.isPositive()) {
      return refused(Stage.RECIPIENT, recipient);
    }
    SmtpReply data = command("DATA");
    return data.code() == 354 ? null : refused(Stage.DATA, data);
  }

  private @Nullable SendResult pipelinedReplies() throws IOException, SmtpException {
    if (reset) {
      alive(socket.reply());
      reset = false;
    }
    SmtpReply sender = alive(socket.reply());
    SmtpReply recipient = alive(socket.reply());
    SmtpReply data = alive(socket.reply());
    boolean valid = sender.isPositive() && recipient.isPositive();
    if (valid && data.code() == 354) {
      return null;
    }
    if (data.code() == 354) {
      // RFC 2920 §3.1: the server wants data for nobody; an empty mail ends it
      command(".");
    }
    reset = true;
    if (!sender.isPositive()) {
      return refused(Stage.SENDER, sender);
    }
    return recipient.isPositive() ? refused(Stage.DATA, data) : refused(Stage.RECIPIENT, recipient);
  }

  /** Writes the mail and settles it; true when the next envelope was written along with its end. */
  private boolean body(Mail mail) throws IOException, SmtpException {
    reset = false;
    byte[] data = mail.data();
    int split = Math.max(0, data.length - LAST_WRITE);
    if (split > 0) {
      socket.write(data, 0, split);
    }
    boolean ahead = false;
    SmtpReply reply;
    try {
      Mail next = pipelining && connection.begun() < most && mails.hasTime() ? mails.peek(1) : null;
      if (next != null && unfit(next) == null) {
        Bytes group = new Bytes(data.length - split + 200);
        group.add(split == 0 ? data : java.util.Arrays.copyOfRange(data, split, data.length));
        byte[] bytes = group.add(envelopeText(next)).toArray();
        ahead = true;
        socket.write(bytes, 0, bytes.length);
      } else {
        socket.write(data, split, data.length);
      }
      reply = socket.reply();
    } catch (IOException e) {
      mails.settle(SendResult.of(SendCode.NO_REPLY, "the connection broke after the mail"));
      return ahead;
    } catch (SmtpException e) {
      mails.settle(SendResult.of(SendCode.UNCLEAR_REPLY, "the answer to the mail is not SMTP"));
      return ahead;
    }
    mails.settle(ReplyTable.judge(Stage.END, reply));
    alive(reply);
    return ahead;
  }

  private SmtpReply command(String text) throws IOException, SmtpException {
    socket.command(text);
    return alive(socket.reply());
  }

  /** With 421 the server leaves, whatever it was asked (RFC 5321 §3.8). */
  private static SmtpReply alive(SmtpReply reply) throws SmtpException {
    if (reply.code() == 421) {
      throw new SmtpException(ReplyTable.judge(Stage.OPENING, reply));
    }
    return reply;
  }

  private static SendResult refused(Stage stage, SmtpReply reply) {
    return ReplyTable.judge(stage, reply);
  }

  private String envelopeText(Mail mail) {
    return (reset ? "RSET\r\n" : "")
        + mailCommand(mail)
        + "\r\n"
        + rcptCommand(mail)
        + "\r\nDATA\r\n";
  }

  private String mailCommand(Mail mail) {
    return "MAIL FROM:<"
        + mails.sender()
        + ">"
        + (connection.offers("SIZE") ? " SIZE=" + mail.data().length : "")
        + (MailAddress.isInternational(mail.recipient() + mails.sender())
            ? " SMTPUTF8 BODY=8BITMIME"
            : "");
  }

  private static String rcptCommand(Mail mail) {
    return "RCPT TO:<" + mail.recipient() + ">";
  }
}
