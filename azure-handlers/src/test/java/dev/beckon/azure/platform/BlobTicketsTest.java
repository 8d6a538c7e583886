package dev.beckon.azure.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.storage.blob.BlobContainerClient;
import com.sun.net.httpserver.HttpServer;
import dev.beckon.azure.SharedAzurite;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.filedrop.ObjectTickets.Upload;
import dev.beckon.filedrop.ObjectTicketsContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class BlobTicketsTest extends ObjectTicketsContract {
  private static final String ACCOUNT = "https://beckontest.blob.core.windows.net";

  private final AzureClients clients = AzureClients.of(SharedAzurite.get().connectionString());
  private BlobContainerClient container;

  @BeforeEach
  void createContainer() {
    container =
        clients.container(
            URI.create(
                "http://127.0.0.1:"
                    + SharedAzurite.get().blobEndpoint().getPort()
                    + "/devstoreaccount1/tickets-"
                    + UUID.randomUUID()));
    container.create();
  }

  @Override
  protected ObjectStore store() {
    return new BlobObjectStore(container);
  }

  @Override
  protected ObjectTickets tickets(Clock clock) {
    return clients.tickets(container, clock);
  }

  @Override
  protected boolean holdsSizes() {
    return false;
  }

  @Override
  protected Upload bent(Upload upload, String key) {
    return new Upload(
        upload.method(),
        bent(upload.url(), key),
        upload.fields(),
        upload.headers(),
        upload.expiresAt(),
        upload.mostBytes());
  }

  @Override
  protected URI bent(URI url, String key) {
    return URI.create(
        container.getBlobContainerUrl() + "/" + key.replace("/", "%2F") + "?" + url.getRawQuery());
  }

  @Test
  void upload_anyBound_tellsTheOneThatIsHeld() {
    assertThat(tickets(Clock.systemUTC()).upload("k", 3, Duration.ofMinutes(1)).mostBytes())
        .isEqualTo(5_000_000_000L);
  }

  @Test
  void upload_ticketOfOne_neitherReadsNorLists() throws Exception {
    Upload upload =
        tickets(Clock.systemUTC()).upload("stays/incoming/a.csv", 99, Duration.ofMinutes(1));
    assertThat(send(upload, "a".getBytes(UTF_8))).isTrue();

    assertThat(fetch(upload.url())).isEmpty();
    assertThat(
            fetch(
                URI.create(
                    container.getBlobContainerUrl()
                        + "?restype=container&comp=list&"
                        + upload.url().getRawQuery())))
        .isEmpty();
  }

  @Test
  void upload_byIdentity_isSignedByAKeyGivenForAnHour_askedForOnce() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    service.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI().getQuery()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] key =
              """
              <?xml version="1.0" encoding="utf-8"?><UserDelegationKey>
              <SignedOid>00000000-0000-0000-0000-000000000001</SignedOid>
              <SignedTid>00000000-0000-0000-0000-000000000002</SignedTid>
              <SignedStart>%s</SignedStart><SignedExpiry>%s</SignedExpiry>
              <SignedService>b</SignedService><SignedVersion>2020-02-10</SignedVersion>
              <Value>bm90LWEta2V5</Value></UserDelegationKey>
              """
                  .formatted(now.minusSeconds(300), now.plusSeconds(3_600))
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/xml");
          exchange.sendResponseHeaders(200, key.length);
          exchange.getResponseBody().write(key);
          exchange.close();
        });
    service.start();
    try {
      AzureClients identity = identity(service.getAddress().getPort());
      ObjectTickets tickets =
          identity.tickets(identity.container(URI.create(ACCOUNT + "/files")), Clock.systemUTC());

      Upload upload = tickets.upload("stays/incoming/ä b.csv", 99, Duration.ofMinutes(15));
      URI download = tickets.download("stays/rejected/a.csv", "r.csv", Duration.ofMinutes(5));

      assertThat(upload.url().toString())
          .startsWith(ACCOUNT + "/files/stays%2Fincoming%2F%C3%A4%20b.csv?")
          .contains(
              "&spr=https&", "&sp=cw&", "&sr=b&", "&skoid=00000000-0000-0000-0000-000000000001");
      assertThat(upload.headers()).containsOnlyKeys("x-ms-blob-type");
      assertThat(download.toString()).contains("&sp=r&", "&rscd=attachment");
      assertThat(asked)
          .containsExactly("POST restype=service&comp=userdelegationkey Bearer a-token-of-tests");
    } finally {
      service.stop(0);
    }
  }

  private static AzureClients identity(int port) {
    HttpClient here = AzureClients.http(Duration.ofSeconds(5));
    HttpClient led =
        new HttpClient() {
          @Override
          public Mono<HttpResponse> send(HttpRequest request) {
            return here.send(
                request.copy().setUrl("http://127.0.0.1:" + port + request.getUrl().getFile()));
          }
        };
    return new AzureClients(
        led,
        led,
        request ->
            Mono.just(
                new AccessToken(
                    "a-token-of-tests", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))),
        null);
  }
}
