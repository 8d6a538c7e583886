package dev.beckon.local.doctor;

import dev.beckon.check.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the HTTP door answers where the links in messages lead. */
final class DoorCheck {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI publicUrl;

  DoorCheck(URI publicUrl) {
    this.publicUrl = publicUrl;
  }

  List<Finding> run() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    if (!"https".equals(publicUrl.getScheme())
        && !LOOPBACK.contains(String.valueOf(publicUrl.getHost()))) {
      findings.add(
          Finding.wrong(
              "BECKON_PUBLIC_URL is not https: mail programs offer no one-click unsubscribing",
              "give the door a certificate and an https address (RFC 8058 §3.1)"));
    }
    URI page = URI.create(publicUrl.toString().replaceAll("/+$", "") + "/healthz");
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(page).timeout(LIMIT).build(),
              HttpResponse.BodyHandlers.ofString());
      findings.add(
          answer.statusCode() == 200 && answer.body().strip().equals("ok")
              ? Finding.good(page + " answers")
              : Finding.wrong(
                  page + " answers " + answer.statusCode() + ", and not as Beckon does",
                  "correct BECKON_PUBLIC_URL, or look at the HTTP function's log"));
    } catch (IOException e) {
      findings.add(
          Finding.wrong(
              page + " does not answer: " + e.getClass().getSimpleName(),
              "correct BECKON_PUBLIC_URL, its name in DNS and its certificate"));
    }
    return findings;
  }
}
