package dev.beckon.vendors.smtp;

import dev.beckon.vendor.SendCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Bytes to and from a server. Blocking calls have no time-out of their own: {@link #abort} from
 * another thread ends them all, writes included. Used by one thread at a time.
 */
final class SmtpSocket {
  private static final int LONGEST_REPLY = 64 * 1024;

  private final Socket plain = new Socket();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private final byte[] buffer = new byte[8 * 1024];
  private int position;
  private int limit;

  void connect(InetSocketAddress address) throws IOException {
    plain.connect(address);
    plain.setTcpNoDelay(true);
    use(plain);
  }

  /**
   * Goes over to TLS, verifying the certificate and the host's name in it.
   *
   * @throws SmtpException when plain text was already waiting: it would be taken for the server's
   *     words under TLS (RFC 3207 §6, CVE-2011-0411)
   */
  void secure(SSLSocketFactory factory, String host) throws IOException, SmtpException {
    if (position < limit || in.available() > 0) {
      throw new SmtpException(SendCode.UNAVAILABLE, "the server spoke plain text after STARTTLS");
    }
    SSLSocket tls = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    use(tls);
  }

  void write(byte[] bytes, int from, int to) throws IOException {
    out.write(bytes, from, to - from);
    out.flush();
  }

  void command(String text) throws IOException {
    byte[] bytes = (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
  }

  /**
   * Reads one reply, of one line or many.
   *
   * @throws SmtpException when it is not a reply, or too long
   */
  SmtpReply reply() throws IOException, SmtpException {
    StringBuilder text = new StringBuilder();
    int code = -1;
    while (true) {
      String line = line();
      if (line.length() < 3 || !line.substring(0, 3).matches("[2-5][0-9]{2}")) {
        throw new SmtpException(SendCode.UNAVAILABLE, "the server's reply is not SMTP");
      }
      int found = Integer.parseInt(line.substring(0, 3));
      char mark = line.length() > 3 ? line.charAt(3) : ' ';
      if ((code != -1 && found != code) || (mark != ' ' && mark != '-')) {
        throw new SmtpException(SendCode.UNAVAILABLE, "the server's reply is not SMTP");
      }
      code = found;
      text.append(text.isEmpty() ? "" : "\n").append(line.length() > 4 ? line.substring(4) : "");
      if (mark == ' ') {
        return new SmtpReply(code, text.toString());
      }
      if (text.length() > LONGEST_REPLY) {
        throw new SmtpException(SendCode.UNAVAILABLE, "the server's reply has no end");
      }
    }
  }

  /** Whether the server said something unasked, as it does before closing an idle connection. */
  boolean hasUnread() {
    try {
      return position < limit || in.available() > 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Closes at once, from any thread; a TLS farewell could block behind a stuck write. */
  void abort() {
    try {
      plain.close();
    } catch (IOException e) {
      // closing is all we wanted
    }
  }

  private void use(Socket next) throws IOException {
    in = next.getInputStream();
    out = next.getOutputStream();
    position = 0;
    limit = 0;
  }

  private String line() throws IOException, SmtpException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (position == limit) {
        limit = in.read(buffer);
        position = 0;
        if (limit <= 0) {
          limit = 0;
          throw new IOException("closed by the server");
        }
      }
      char next = (char) (buffer[position++] & 0xff);
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append(next);
      }
      if (line.length() > LONGEST_REPLY) {
        throw new SmtpException(SendCode.UNAVAILABLE, "the server's reply has no end");
      }
    }
  }
}
