package dev.beckon.vendor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections, each on a thread of its own: a name look-up can neither be interrupted nor
 * closed, and on a virtual thread it would hold the core's only carrier. Thread-safe.
 */
final class HttpConnector {

  /** How a name becomes addresses. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** The trust a connection is opened with; asked only when there is TLS to speak. */
  @FunctionalInterface
  interface Trust {
    SSLContext context() throws GeneralSecurityException;
  }

  private final Duration longest;
  private final Resolver resolver;
  private final Trust trust;

  /**
   * @param longest bounds name look-up, TCP and TLS together
   */
  HttpConnector(Duration longest, Resolver resolver, Trust trust) {
    this.longest = longest;
    this.resolver = resolver;
    this.trust = trust;
  }

  /**
   * Opens a connection, at the latest by the moment given.
   *
   * @throws NotWritten when that did not succeed, with the kind of failure only: messages of
   *     network exceptions may repeat hosts
   */
  HttpConnection open(HttpOrigin origin, long endNanos) throws NotWritten, InterruptedException {
    long nanos = Math.min(longest.toNanos(), endNanos - System.nanoTime());
    Opening opening = new Opening(origin, System.nanoTime() + nanos);
    Thread.ofPlatform().daemon().name("http-connect").start(opening);
    try {
      return opening.result.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new NotWritten(SendCode.UNAVAILABLE, "no connection in time");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new NotWritten(SendCode.UNAVAILABLE, cause.getClass().getSimpleName());
    } finally {
      opening.giveUp();
    }
  }

  /** One attempt, which whoever waits for it may give up. */
  private final class Opening implements Runnable {
    private final HttpOrigin origin;
    private final long endNanos;
    private final CompletableFuture<HttpConnection> result = new CompletableFuture<>();
    private volatile @Nullable SocketChannel channel;

    Opening(HttpOrigin origin, long endNanos) {
      this.origin = origin;
      this.endNanos = endNanos;
    }

    @Override
    public void run() {
      try {
        HttpConnection opened = connect(List.of(resolver.resolve(origin.host())));
        if (!result.complete(opened)) {
          opened.abort();
        }
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        result.completeExceptionally(e);
        close(channel);
      }
    }

    void giveUp() {
      if (result.cancel(false)) {
        close(channel);
      }
    }

    /** Tries each address, sharing the time evenly: the first of them may lead nowhere. */
    private HttpConnection connect(List<InetAddress> addresses)
        throws IOException, GeneralSecurityException {
      IOException failure = new UnknownHostException();
      for (int i = 0; i < addresses.size() && !result.isDone(); i++) {
        long millis =
            TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()) / (addresses.size() - i);
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        try {
          opened
              .socket()
              .connect(
                  new InetSocketAddress(addresses.get(i), origin.port()),
                  Math.clamp(millis, 1, Integer.MAX_VALUE));
        } catch (IOException e) {
          failure = e;
          close(opened);
          continue;
        }
        return use(opened);
      }
      throw failure;
    }

    private HttpConnection use(SocketChannel opened) throws IOException, GeneralSecurityException {
      opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Socket socket = opened.socket();
      if (result.isDone()) {
        throw new IOException("given up");
      }
      return new HttpConnection(opened, origin.secure() ? secure(socket) : socket);
    }

    /** TLS, verifying the certificate and the host's name in it. */
    private Socket secure(Socket plain) throws IOException, GeneralSecurityException {
      SSLSocket tls =
          (SSLSocket)
              trust
                  .context()
                  .getSocketFactory()
                  .createSocket(plain, origin.host(), origin.port(), true);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      if (!isAddress(origin.host())) {
        parameters.setServerNames(List.of(new SNIHostName(origin.host())));
      }
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      return tls;
    }
  }

  /** Addresses are no server names (RFC 6066 §3). */
  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || Character.isDigit(host.charAt(host.length() - 1));
  }

  private static void close(@Nullable SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // closing is all we wanted
    }
  }
}
