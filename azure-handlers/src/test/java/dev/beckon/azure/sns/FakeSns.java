package dev.beckon.azure.sns;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * SNS's own addresses on loopback: TLS with a certificate for its host's name, behind a proxy that
 * brings every host here. The client goes the whole way by itself, the look at the host's name
 * included.
 */
final class FakeSns implements AutoCloseable {
  private static final KeyPair AUTHORITY = TestAuthority.keys();
  private static final KeyPair KEYS = TestAuthority.keys();

  static final String HOST = "sns.eu-central-1.amazonaws.com";

  /** What is asked for, without the host. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final HttpsServer site;
  private final HttpServer plain;
  private final ServerSocket proxy;
  private final SSLContext trusting;

  private record Answer(int status, String location, String body) {}

  /**
   * Starts listening.
   *
   * @param host in whose name the certificate is
   */
  FakeSns(String host) throws IOException, GeneralSecurityException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    site = HttpsServer.create(any, 0);
    // TLS goes by the machine's own clock
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    TestAuthority authority = TestAuthority.root("Test Web Root", AUTHORITY, yesterday);
    X509Certificate own = authority.issue(host, KEYS.getPublic(), yesterday, "");
    site.setHttpsConfigurator(new HttpsConfigurator(serving(KEYS, own)));
    site.createContext("/", this::answer);
    site.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    site.start();
    plain = HttpServer.create(any, 0);
    plain.createContext("/", this::answer);
    plain.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    plain.start();
    proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    trusting = trusting(authority.certificate());
  }

  SnsSite client() {
    return new SnsSite(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(trusting)
            .proxy(
                ProxySelector.of(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.getLocalPort())))
            .build());
  }

  void put(String path, String body) {
    answers.put(path, new Answer(200, "", body));
  }

  void redirect(String path, String location) {
    answers.put(path, new Answer(302, location, ""));
  }

  void fail(String path, int status) {
    answers.put(path, new Answer(status, "", ""));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      String query = exchange.getRequestURI().getRawQuery();
      asked.add(query == null ? path : path + "?" + query);
      Answer answer = answers.getOrDefault(path, new Answer(404, "", ""));
      if (!answer.location().isEmpty()) {
        exchange.getResponseHeaders().add("Location", answer.location());
      }
      byte[] body = answer.body().getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void accept() {
    while (!proxy.isClosed()) {
      try {
        Socket caller = proxy.accept();
        Thread.ofVirtual().start(() -> pass(caller));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** A tunnel goes to the TLS server; what comes in the open goes to the other. */
  private void pass(Socket caller) {
    try (caller) {
      InputStream in = caller.getInputStream();
      byte[] first = in.readNBytes(3);
      boolean tunnel = new String(first, StandardCharsets.US_ASCII).equals("CON");
      if (tunnel) {
        int ends = 0;
        while (ends < 4) {
          int b = in.read();
          ends = b == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
        }
        caller
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      int port = (tunnel ? site : plain).getAddress().getPort();
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
        OutputStream out = server.getOutputStream();
        if (!tunnel) {
          out.write(first);
        }
        Thread back =
            Thread.ofVirtual()
                .start(() -> {
                  try (caller) {
                    server.getInputStream().transferTo(caller.getOutputStream());
                  } catch (IOException e) {
                    // the client went away, which ends the other direction too
                  }
                });
        in.transferTo(out);
        server.shutdownOutput();
        back.join();
      }
    } catch (IOException | InterruptedException e) {
      // one side went away
    }
  }

  private static SSLContext serving(KeyPair keys, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext trusting(X509Certificate authority)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", authority);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    site.stop(0);
    plain.stop(0);
  }
}
