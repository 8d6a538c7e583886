package dev.beckon.local.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.local.cli.Shell;
import dev.beckon.local.cloud.Ports;
import dev.beckon.local.installation.Installation;
import dev.beckon.local.servers.EmbeddedMongo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
  @TempDir Path folder;

  @Test
  void serve_whileItRuns_answersAndIsFoundByOtherCommandsAndThenNoMore() throws Exception {
    try (Served served = Served.start(Served.options(folder, Ports.FREE, null));
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(get(client, served.address("Beckon is ready") + "/healthz")).isEqualTo("ok\n");
      assertThat(get(client, served.address("messages sent") + "/messages.json"))
          .isEqualTo("{\"messages\":[]}");
      Shell.Seen found = Shell.run("find", "--state", "SENT");
      assertThat(found.code()).as(found.err()).isZero();
      assertThat(served.said()).contains("./beckon keys create --account acme");
    }
    assertThat(Installation.RUNNING).doesNotExist();
  }

  @Test
  void mails_askedForByAnotherName_areNotShown() throws Exception {
    try (Served served = Served.start(Served.options(folder, Ports.FREE, null))) {
      URI mails = URI.create(served.address("messages sent"));
      // by a socket: the JDK's client does not let anybody choose the header
      try (Socket socket = new Socket(mails.getHost(), mails.getPort())) {
        socket
            .getOutputStream()
            .write(
                "GET /messages.json HTTP/1.1\r\nHost: evil.example:8081\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        String reply =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(reply).startsWith("HTTP/1.1 403");
      }
    }
  }

  @Test
  void serve_onAStoreThatStays_findsItsAccountAndKeysAgain() throws Exception {
    try (EmbeddedMongo mongo = EmbeddedMongo.start()) {
      Serve.Options options = Served.options(folder, Ports.FREE, mongo.connectionString());
      try (Served first = Served.start(options)) {
        assertThat(first.said()).contains("Account acme is loaded", "version 1");
      }
      byte[] secrets = Files.readAllBytes(folder.resolve("secrets.json"));
      try (Served second = Served.start(options)) {
        assertThat(second.said()).contains("Account acme is as the store holds it");
      }
      assertThat(folder.resolve("secrets.json")).hasBinaryContent(secrets);
    }
  }

  @Test
  void serve_whereAPortIsInUse_saysWhichAndStartsNothing() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Serve serve =
          new Serve(
              Served.options(
                  folder.resolve("data"), new Ports(0, taken.getLocalPort(), 0, 0, 0, 0), null),
              new PrintWriter(Writer.nullWriter()));
      assertThatThrownBy(() -> serve.run(new CountDownLatch(0)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "port " + taken.getLocalPort(), "the page of messages", "--port");
    }
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void folder_inUse_isRefused() throws IOException {
    FolderLock held = FolderLock.of(folder);
    assertThatThrownBy(() -> FolderLock.of(folder)).hasMessageContaining("--data");
    held.close();
    FolderLock.of(folder).close();
  }

  @Test
  void ports_outOfRange_areRefused() {
    assertThatThrownBy(() -> Ports.from(65_535)).hasMessageContaining("65530");
    assertThat(Ports.from(8080).simulator()).isEqualTo(8085);
  }

  private static String get(HttpClient client, String url) throws Exception {
    return client
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }
}
