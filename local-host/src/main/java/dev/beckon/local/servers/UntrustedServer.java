package dev.beckon.local.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * An HTTPS vendor with a certificate nobody vouches for: whoever checks certificates breaks the
 * handshake off and sends nothing. Thread-safe.
 */
public final class UntrustedServer implements AutoCloseable {
  private final SSLServerSocket server;
  private final AtomicLong callers = new AtomicLong();
  private final AtomicLong trusting = new AtomicLong();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private UntrustedServer(SSLServerSocket server) {
    this.server = server;
    threads.execute(this::accept);
  }

  /**
   * Makes a certificate and returns once connections are accepted, on a free port of loopback.
   *
   * @param folder takes the key, which lives as long as the folder
   */
  public static UntrustedServer start(Path folder) {
    char[] password = "untrusted".toCharArray();
    try (InputStream keys = Files.newInputStream(selfSigned(folder, password))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(keys, password);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return new UntrustedServer(
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 64, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where to post to. */
  public URI url() {
    return URI.create("https://127.0.0.1:" + server.getLocalPort() + "/messages");
  }

  /** Connections made. */
  public long callers() {
    return callers.get();
  }

  /** Callers that sent something in spite of the certificate. */
  public long trusting() {
    return trusting.get();
  }

  private static Path selfSigned(Path folder, char[] password) throws IOException {
    Files.createDirectories(folder);
    Path keys = folder.resolve("untrusted.p12");
    Files.deleteIfExists(keys);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(password),
                "-alias",
                "vendor",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool could not make a certificate in " + folder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a certificate was made", e);
    }
    return keys;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        callers.incrementAndGet();
        threads.execute(() -> serve(socket));
      } catch (IOException | RejectedExecutionException e) {
        // closed, or a client gone before it was served
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(10_000);
      if (socket.getInputStream().read() >= 0) {
        trusting.incrementAndGet();
      }
    } catch (IOException e) {
      // the handshake was broken off, as it should be
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
