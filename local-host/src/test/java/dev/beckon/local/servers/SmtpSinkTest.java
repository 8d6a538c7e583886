package dev.beckon.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpSinkTest {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpSinkTest.class);

  /** Speaks lines; each answer is its last line. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Client(SmtpSink sink) throws IOException {
      socket = new Socket(sink.host(), sink.port());
      socket.setSoTimeout(10_000);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(answer()).startsWith("220 ");
      assertThat(say("EHLO test")).startsWith("250 SIZE");
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    String answer() throws IOException {
      String line = in.readLine();
      while (line != null && line.length() > 3 && line.charAt(3) == '-') {
        line = in.readLine();
      }
      return line;
    }

    String say(String line) throws IOException {
      send(line + "\r\n");
      return answer();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static String mail(String id) {
    return "From: a@example.org\r\nmessage-id: <"
        + id
        + ">\r\nSubject: Grüße\r\n\r\nHello\r\n.\r\n";
  }

  private static String deliver(Client client, String recipient, String id) throws IOException {
    client.send(
        "MAIL FROM:<a@example.org> BODY=8BITMIME\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\n");
    client.answer();
    String verdict = client.answer();
    String data = client.answer();
    if (!data.startsWith("354")) {
      return verdict;
    }
    client.send(mail(id));
    return client.answer();
  }

  @Test
  void mail_pipelined_isCountedByMessageId(@TempDir Path folder) throws Exception {
    try (SmtpSink sink = SmtpSink.start(SmtpSink.Options.quiet().keepingIn(folder));
        Client client = new Client(sink)) {
      assertThat(deliver(client, "b@example.org", "one@x")).startsWith("250");
      assertThat(deliver(client, "c@example.org", "two@x")).startsWith("250");
      assertThat(deliver(client, "c@example.org", "two@x")).startsWith("250");
      assertThat(client.say("QUIT")).startsWith("221");

      assertThat(sink.ledger().total()).isEqualTo(3);
      assertThat(sink.ledger().repeated()).isEqualTo(Map.of("two@x", 2));
      assertThat(sink.ledger().references()).containsExactly("one@x", "two@x");
    }
    assertThat(Files.readString(folder.resolve("00001.eml")))
        .isEqualTo("From: a@example.org\r\nmessage-id: <one@x>\r\nSubject: Grüße\r\n\r\nHello\r\n");
  }

  @Test
  void data_dotsFoldingAndBareLineFeeds_areReadAsTheyAre(@TempDir Path folder) throws Exception {
    try (SmtpSink sink = SmtpSink.start(SmtpSink.Options.quiet().keepingIn(folder));
        Client client = new Client(sink)) {
      for (String body :
          List.of(
              "X: 1\r\nMESSAGE-ID:\r\n <folded@x>\r\nY: 2\r\n\r\n..two\r\n.\n.\r\nx\r\n.\r\n",
              "Message-ID: <first@x>\r\n\r\nMessage-ID: <body@x>\r\n.\r\n")) {
        client.send("MAIL FROM:<>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n");
        client.answer();
        client.answer();
        client.answer();
        client.send(body);
        assertThat(client.answer()).startsWith("250");
      }
      assertThat(sink.ledger().references()).containsExactly("first@x", "folded@x");
    }
    assertThat(Files.readString(folder.resolve("00001.eml"))).contains("\r\n.two\r\n");
  }

  @Test
  void faults_seeded_refuseForGoodAndThrottleOnce() throws Exception {
    SmtpSink.Options options = SmtpSink.Options.quiet().withFaults(0.2, 0.3, Duration.ofMillis(1));
    List<List<String>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (SmtpSink sink = SmtpSink.start(options);
          Client client = new Client(sink)) {
        List<String> first = deliverAll(client);
        List<String> second = deliverAll(client);
        runs.add(first);

        assertThat(first).filteredOn(code -> code.equals("550")).hasSizeBetween(20, 60);
        assertThat(first).filteredOn(code -> code.equals("451")).hasSizeBetween(25, 75);
        assertThat(second).doesNotContain("451");
        assertThat(second)
            .isEqualTo(first.stream().map(code -> code.replace("451", "250")).toList());
        assertThat(sink.refused()).isEqualTo(2 * first.stream().filter("550"::equals).count());
        assertThat(sink.throttled()).isEqualTo(first.stream().filter("451"::equals).count());
      }
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1));
  }

  private static List<String> deliverAll(Client client) throws IOException {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      codes.add(deliver(client, "p" + i + "@example.org", "m" + i).substring(0, 3));
      client.say("RSET");
    }
    return codes;
  }

  @Test
  void commands_outOfOrderOrTooLong_areRefused() throws Exception {
    try (SmtpSink sink = SmtpSink.start(SmtpSink.Options.quiet());
        Client client = new Client(sink)) {
      assertThat(client.say("RCPT TO:<a@example.org>")).startsWith("503");
      assertThat(client.say("MAIL FROM:a@example.org")).startsWith("501");
      assertThat(client.say("MAIL FROM:<a@example.org> SIZE=99999999999999999999"))
          .startsWith("552");
      assertThat(client.say("DATA")).startsWith("503");
      assertThat(client.say("VRFY x")).startsWith("500");
      client.send("x".repeat(10_000));
      assertThat(client.answer()).isNull();
    }
  }

  @Test
  void data_noMessageIdOrTooLarge_isNotCounted() throws Exception {
    try (SmtpSink sink = SmtpSink.start(SmtpSink.Options.quiet());
        Client client = new Client(sink)) {
      client.say("MAIL FROM:<>");
      client.say("RCPT TO:<b@example.org>");
      client.say("DATA");
      assertThat(client.say("Subject: x\r\n\r\nMessage-ID: <no@x>\r\n.")).startsWith("550");
      client.say("MAIL FROM:<>");
      client.say("RCPT TO:<b@example.org>");
      client.say("DATA");
      client.send("Message-ID: <big@x>\r\n\r\n");
      String line = "x".repeat(998) + "\r\n";
      for (int i = 0; i <= SmtpConversation.LARGEST_MAIL / line.length(); i++) {
        client.send(line);
      }
      assertThat(client.say(".")).startsWith("552");
      client.say("MAIL FROM:<>");
      client.say("RCPT TO:<b@example.org>");
      client.say("DATA");
      client.send("Message-ID: <half@x>\r\n\r\n");
    }
  }

  @Test
  void connection_brokenInData_countsNothing() throws Exception {
    try (SmtpSink sink = SmtpSink.start(SmtpSink.Options.quiet())) {
      try (Client client = new Client(sink)) {
        client.send("MAIL FROM:<>\r\nRCPT TO:<b@example.org>\r\nDATA\r\nMessage-ID: <h@x>\r\n\r\n");
        client.answer();
      }
      try (Client client = new Client(sink)) {
        assertThat(deliver(client, "b@example.org", "whole@x")).startsWith("250");
      }
      assertThat(sink.ledger().references()).containsExactly("whole@x");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "beckon.measure", matches = "true")
  void speed_pipelined_isPublished() throws Exception {
    try (SmtpSink sink = SmtpSink.start(SmtpSink.Options.quiet());
        Client client = new Client(sink)) {
      int mails = 200_000;
      String body = "x".repeat(70) + "\r\n";
      String text = body.repeat(28);
      long start = System.nanoTime();
      Thread reader =
          Thread.startVirtualThread(() ->
              IntStream.range(0, 4 * mails)
                  .forEach(i -> {
                    try {
                      client.answer();
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }));
      StringBuilder block = new StringBuilder();
      for (int i = 0; i < mails; i++) {
        block
            .append("MAIL FROM:<a@example.org>\r\nRCPT TO:<p@example.org>\r\nDATA\r\nMessage-ID: <")
            .append(i)
            .append("@x>\r\n\r\n")
            .append(text)
            .append(".\r\n");
        if (i % 20 == 19) {
          client.send(block.toString());
          block.setLength(0);
        }
      }
      reader.join();
      assertThat(sink.ledger().distinct()).isEqualTo(mails);
      LOG.warn(
          "2 KB mails/s on one connection, client included: {}",
          Math.round(mails / ((System.nanoTime() - start) / 1e9)));
    }
  }
}
