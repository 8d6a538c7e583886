package dev.beckon.bench.limits;

import dev.beckon.bench.measure.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends the same prepared mail again and again, each with the envelope of the next in one write, as
 * RFC 2920 allows.
 */
public final class MailLimit implements Measured {
  private static final String ENVELOPE =
      "MAIL FROM:<hello@bench.example>\r\nRCPT TO:<guest.1@example.org>\r\nDATA\r\n";

  /** MAIL, RCPT and DATA. */
  private static final int ENVELOPE_ANSWERS = 3;

  private final Lanes lanes;
  private final byte[] first = ENVELOPE.getBytes(StandardCharsets.US_ASCII);
  private final byte[] mail;
  private final int size;

  /**
   * @param size mails of a round
   */
  public MailLimit(int port, int connections, int size) {
    this.lanes = new Lanes(port, connections);
    this.size = size;
    String body =
        "From: hello@bench.example\r\nTo: guest.1@example.org\r\nSubject: How was it?\r\nMIME-Version: 1.0\r\n\r\n"
            + "We read every answer ourselves, and we change what we can change.\r\n".repeat(40)
            + ".\r\n";
    this.mail = (body + ENVELOPE).getBytes(StandardCharsets.US_ASCII);
    try {
      for (Socket socket : lanes.sockets()) {
        Answers answers = new Answers(socket.getInputStream());
        answers.take(1);
        socket
            .getOutputStream()
            .write("HELO bench.example\r\n".getBytes(StandardCharsets.US_ASCII));
        answers.take(1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Done run() throws InterruptedException, IOException {
    long done =
        lanes.share(
            size,
            (socket, share) -> {
              Answers answers = new Answers(socket.getInputStream());
              socket.getOutputStream().write(first);
              answers.take(ENVELOPE_ANSWERS);
              for (int i = 1; i < share; i++) {
                socket.getOutputStream().write(mail);
                answers.take(1 + ENVELOPE_ANSWERS);
              }
              socket.getOutputStream().write(mail, 0, mail.length - first.length);
              answers.take(1);
            });
    return Done.of(done);
  }

  @Override
  public void close() {
    lanes.close();
  }

  /** Counts lines; every answer here has one. */
  private static final class Answers {
    private final InputStream in;
    private final byte[] bytes = new byte[4_096];

    Answers(InputStream in) {
      this.in = in;
    }

    void take(int lines) throws IOException {
      int missing = lines;
      while (missing > 0) {
        int read = in.read(bytes);
        if (read <= 0) {
          throw new IOException("the sink closed a connection");
        }
        for (int i = 0; i < read; i++) {
          if (bytes[i] == '\n') {
            missing--;
          }
        }
      }
    }
  }
}
