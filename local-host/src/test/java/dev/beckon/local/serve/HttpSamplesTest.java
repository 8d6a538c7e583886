package dev.beckon.local.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.local.cli.Shell;
import dev.beckon.local.cloud.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes every request of {@code samples/http} against a served local host, in their order. */
class HttpSamplesTest {
  private static final Path SAMPLES = Path.of("..", "samples", "http");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;

  @Test
  void everyRequest_madeInOrder_isAnsweredAsItsCommentsSay() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(SAMPLES)) {
      files = all.filter(file -> file.toString().endsWith(".http")).sorted().toList();
    }
    assertThat(files).hasSize(7);
    try (Served served = Served.start(Served.options(folder, Ports.FREE, null))) {
      String host = served.address("Beckon is ready");
      String key = firstKey();
      try (SampleRunner runner =
          new SampleRunner(
              SAMPLES,
              Map.of(
                  "host",
                  host,
                  "messages",
                  served.address("messages sent"),
                  "smtpPort",
                  smtpPort(host, key),
                  "BECKON_KEY",
                  key))) {
        for (Path file : files) {
          runner.run(file);
        }
      }
    }
  }

  /** Served on 8080 it is 8082; here it is a free one, as the sample account has it. */
  private static String smtpPort(String host, String key) throws Exception {
    HttpRequest account =
        HttpRequest.newBuilder(URI.create(host + "/v1/account"))
            .header("Authorization", "Bearer " + key)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return JSON.readTree(client.send(account, BodyHandlers.ofString()).body())
          .at("/document/vendorAccounts/mail/settings/port")
          .asText();
    }
  }

  /** The first key is made as a person makes it: the command finds the installation by itself. */
  private static String firstKey() throws Exception {
    Shell.Seen made =
        Shell.run(
            "keys",
            "create",
            "--account",
            "acme",
            "--name",
            "samples",
            "--kind",
            "live",
            "--scope",
            "dispatch",
            "--scope",
            "read",
            "--scope",
            "configure",
            "--scope",
            "operate",
            "--json");
    assertThat(made.code()).as(made.err()).isZero();
    return JSON.readTree(made.out()).path("key").asText();
  }
}
