package dev.beckon.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.local.servers.FaultyVendor.Receipt;
import dev.beckon.local.servers.FaultyVendor.Weather;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultyVendorTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @CsvSource({
    "NONE,200,true",
    "THROTTLE,429,false",
    "THROTTLE_SILENT,429,false",
    "UNAVAILABLE,503,false",
    "REFUSE,400,false",
    "GATEWAY_TAKEN,502,true",
    "GATEWAY_LOST,504,false",
    "GARBAGE_TAKEN,200,true",
    "GARBAGE_LOST,200,false"
  })
  void post_faultThatAnswers_isAnsweredAndNoted(VendorFault fault, int status, boolean taken)
      throws Exception {
    try (FaultyVendor vendor = always(fault)) {
      HttpResponse<String> reply = post(vendor.url());

      assertThat(reply.statusCode()).isEqualTo(status);
      assertThat(reply.headers().firstValue("Retry-After").isPresent())
          .isEqualTo(fault == VendorFault.THROTTLE);
      assertThat(reply.body().startsWith("{\"accepted\":1,")).isEqualTo(fault == VendorFault.NONE);
      assertThat(vendor.receipts("a-1")).extracting(Receipt::fault).containsExactly(fault);
      assertThat(vendor.taken()).isEqualTo(taken ? 1 : 0);
    }
  }

  @Test
  void post_severalMessages_shareTheirFault() throws Exception {
    String body =
        "{\"recipients\":[{\"metadata\":{\"ref\":\"a-1\"}},{\"metadata\":{\"ref\":\"a-2\"}}]}";
    try (FaultyVendor vendor = always(VendorFault.NONE);
        FaultyVendor bad = always(VendorFault.GATEWAY_TAKEN)) {
      HttpRequest.BodyPublisher both = HttpRequest.BodyPublishers.ofString(body);
      HttpResponse<String> reply =
          client.send(
              HttpRequest.newBuilder(vendor.url()).POST(both).build(),
              HttpResponse.BodyHandlers.ofString());
      client.send(
          HttpRequest.newBuilder(bad.url()).POST(both).build(),
          HttpResponse.BodyHandlers.ofString());

      assertThat(reply.body())
          .contains("\"total_accepted_recipients\":2,", "\"total_rejected_recipients\":0");
      assertThat(vendor.references()).containsExactly("a-1", "a-2");
      assertThat(bad.taken()).isEqualTo(2);
      assertThat(bad.receipts("a-2"))
          .extracting(Receipt::fault)
          .containsExactly(VendorFault.GATEWAY_TAKEN);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET_TAKEN", "RESET_LOST", "HANG_TAKEN", "HANG_LOST"})
  void post_faultThatDoesNotAnswer_isNoted(VendorFault fault) throws Exception {
    try (FaultyVendor vendor = always(fault)) {
      Class<? extends IOException> kind =
          fault.name().startsWith("HANG") ? HttpTimeoutException.class : IOException.class;
      assertThatThrownBy(() -> post(vendor.url(), Duration.ofSeconds(2))).isInstanceOf(kind);
      assertThat(vendor.receipts("a-1")).extracting(Receipt::fault).containsExactly(fault);
      assertThat(vendor.taken()).isEqualTo(fault.takes() ? 1 : 0);
    }
  }

  @Test
  void post_resetBeforeItIsRead_isNobodys() throws Exception {
    try (FaultyVendor vendor = always(VendorFault.RESET_BEFORE)) {
      assertThatThrownBy(() -> post(vendor.url())).isInstanceOf(IOException.class);
      assertThat(vendor.references()).isEmpty();
      assertThat(vendor.met().get(VendorFault.RESET_BEFORE)).isPositive();
    }
  }

  @Test
  void post_sameSeed_meetsTheSameFaults() throws Exception {
    List<List<VendorFault>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (FaultyVendor vendor = FaultyVendor.start(9, 0)) {
        vendor.turns(new Weather(0.5, List.of(VendorFault.THROTTLE, VendorFault.UNAVAILABLE)));
        for (int i = 0; i < 20; i++) {
          post(vendor.url());
        }
        runs.add(vendor.receipts("a-1").stream().map(Receipt::fault).toList());
      }
    }
    assertThat(runs.get(0))
        .isEqualTo(runs.get(1))
        .contains(VendorFault.NONE, VendorFault.THROTTLE, VendorFault.UNAVAILABLE);
  }

  @Test
  void untrustedServer_isSentNothing(@TempDir Path folder) {
    try (UntrustedServer server = UntrustedServer.start(folder)) {
      assertThatThrownBy(() -> post(server.url())).isInstanceOf(SSLHandshakeException.class);
      assertThat(server.callers()).isEqualTo(1);
      assertThat(server.trusting()).isZero();
    }
  }

  private static FaultyVendor always(VendorFault fault) {
    FaultyVendor vendor = FaultyVendor.start(1, 0);
    vendor.turns(fault == VendorFault.NONE ? Weather.FAIR : new Weather(1, List.of(fault)));
    return vendor;
  }

  private HttpResponse<String> post(URI url) throws IOException, InterruptedException {
    return post(url, Duration.ofMinutes(1));
  }

  private HttpResponse<String> post(URI url, Duration timeout)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofString("{\"messages\":[{\"reference\":\"a-1\"}]}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
