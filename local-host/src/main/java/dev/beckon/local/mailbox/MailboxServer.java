package dev.beckon.local.mailbox;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Shows a mailbox: to people at {@code /}, to programs at {@code /messages.json}. On loopback only,
 * and apart from the product's own door, which must never show what was sent to whom.
 */
public final class MailboxServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ON_THE_PAGE = 12;
  private static final int IN_JSON = 100;
  private static final Pattern LINK = Pattern.compile("https?://[^\\s\"'<>]+");
  private static final Pattern LOOPBACK = Pattern.compile("(127\\.0\\.0\\.1|localhost)(:[0-9]+)?");

  private final HttpServer server;
  private final Mailbox mailbox;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private MailboxServer(HttpServer server, Mailbox mailbox) {
    this.server = server;
    this.mailbox = mailbox;
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Returns once requests are answered.
   *
   * @param port of loopback; 0 takes a free one
   */
  public static MailboxServer start(int port, Mailbox mailbox) {
    try {
      return new MailboxServer(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64),
          mailbox);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host = exchange.getRequestHeaders().getFirst("Host");
      // a page of another site whose name was made to mean loopback would read the mails
      if (host == null || !LOOPBACK.matcher(host).matches()) {
        send(exchange, 403, "text/plain", "ask for 127.0.0.1\n");
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/" -> send(exchange, 200, "text/html", page());
        case "/messages.json" -> send(exchange, 200, "application/json", json(to(exchange)));
        default -> send(exchange, 404, "text/plain", "there is / and /messages.json?to=…\n");
      }
    }
  }

  private String page() throws IOException {
    MessagePage page = new MessagePage(ON_THE_PAGE, ON_THE_PAGE);
    page.mails("Single mails", "From the SMTP server, newest first.", mailbox.mails(ON_THE_PAGE));
    page.mails(
        "Bulk mails", "From SparkPost's stub, newest first.", mailbox.bulkMails(ON_THE_PAGE));
    page.texts("Texts", "From MessageBird's stub, newest first.", mailbox.texts(ON_THE_PAGE));
    return page.html();
  }

  private static String to(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return Stream.of(query == null ? "" : query)
        .filter(text -> text.startsWith("to="))
        .map(text -> URLDecoder.decode(text.substring(3), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  private String json(String recipient) throws IOException {
    Predicate<String> wanted = to -> recipient.isEmpty() || to.equalsIgnoreCase(recipient);
    ObjectNode root = JSON.createObjectNode();
    ArrayNode messages = root.putArray("messages");
    for (List<Letter> letters : List.of(mailbox.mails(IN_JSON), mailbox.bulkMails(IN_JSON))) {
      for (Letter letter : letters) {
        if (wanted.test(letter.to())) {
          ObjectNode message = messages.addObject().put("channel", "email");
          message.put("from", letter.from()).put("to", letter.to());
          message.put("subject", letter.subject()).put("text", letter.text());
          message.put("html", letter.html()).put("unsubscribe", letter.unsubscribe());
          links(message, letter.html().replace("&amp;", "&") + " " + letter.text());
        }
      }
    }
    mailbox.texts(IN_JSON).stream()
        .filter(text -> wanted.test("+" + text.to()))
        .forEach(text -> {
          ObjectNode message = messages.addObject().put("channel", "sms");
          message.put("from", text.originator()).put("to", "+" + text.to());
          message.put("text", text.body());
          links(message, text.body());
        });
    return JSON.writeValueAsString(root);
  }

  /** Every link once, with the parts of its path: tokens stand there. */
  private static void links(ObjectNode message, String text) {
    Set<String> links = new LinkedHashSet<>();
    LINK.matcher(text).results().forEach(found -> links.add(found.group()));
    ArrayNode array = message.putArray("links");
    for (String link : links) {
      ArrayNode path = array.addObject().put("url", link).putArray("path");
      String afterHost = link.replaceFirst("https?://[^/?#]*/?", "").replaceFirst("[?#].*", "");
      Stream.of(afterHost.split("/", -1)).filter(part -> !part.isEmpty()).forEach(path::add);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange
        .getResponseHeaders()
        .set(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
