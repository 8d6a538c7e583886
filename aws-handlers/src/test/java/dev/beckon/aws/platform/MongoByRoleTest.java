package dev.beckon.aws.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.beckon.aws.platform.AwsIdentityLogin.Identity;
import dev.beckon.check.Finding;
import dev.beckon.check.Finding.Mark;
import dev.beckon.mongo.MongoConnection;
import dev.beckon.mongo.StoreCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * MongoDB by the function's role. Credentials come from the container endpoint, as they do under
 * SnapStart; outside of it they are in the environment, which the same provider reads first.
 */
class MongoByRoleTest {
  private static final Identity ROLE =
      new Identity("ASIACANARY", "canary/secret+key", "canary//token==");
  private static final String QUERY = "/?authSource=%24external&authMechanism=MONGODB-AWS";

  private static final List<String> asked = new CopyOnWriteArrayList<>();
  private static final SdkProperties properties = new SdkProperties();
  private static HttpServer endpoint;

  @BeforeAll
  static void serveCredentials() throws IOException {
    endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
          String json =
              "{\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\",\"Token\":\"%s\",\"Expiration\":\"%s\"}"
                  .formatted(
                      ROLE.keyId(),
                      ROLE.secret(),
                      ROLE.sessionToken(),
                      Instant.now().plus(Duration.ofHours(6)));
          byte[] body = json.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    endpoint.start();
    properties
        .with("aws.containerCredentialsFullUri", "http://127.0.0.1:" + port(endpoint) + "/v1/creds")
        .with("aws.containerAuthorizationToken", "container-token");
  }

  @AfterAll
  static void stop() {
    properties.close();
    endpoint.stop(0);
  }

  private static int port(HttpServer server) {
    return server.getAddress().getPort();
  }

  private static MongoConnection to(MongoDoor server) {
    return new MongoConnection("mongodb://127.0.0.1:" + server.port() + QUERY, "beckon");
  }

  private static List<Finding> look(MongoConnection connection) {
    return new StoreCheck(connection, Clock.systemUTC()).reachable();
  }

  @Test
  void connect_roleOfTheFunction_signsWithItsSessionToken() throws IOException {
    try (MongoDoor server = new MongoDoor(AwsIdentityLogin.knowing(ROLE));
        MongoConnection connection = to(server)) {
      assertThat(look(connection)).extracting(Finding::mark).doesNotContain(Mark.WRONG);

      assertThat(server.commands).containsExactly("update", "delete");
      assertThat(server.refusals).isEmpty();
      assertThat(asked).isNotEmpty().containsOnly("container-token");
    }
  }

  @Test
  void connect_identityNotKnown_saysWhatToDoWithoutShowingAnything() throws IOException {
    Identity other = new Identity(ROLE.keyId(), "another", ROLE.sessionToken());
    try (MongoDoor server = new MongoDoor(AwsIdentityLogin.knowing(other));
        MongoConnection connection = to(server)) {
      assertThat(look(connection))
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.mark()).isEqualTo(Mark.WRONG);
            assertThat(finding.remedy()).contains("MONGODB-AWS", "the role's ARN");
            assertThat(finding.toString()).doesNotContainIgnoringCase("canary");
          });

      assertThat(server.refusals).isNotEmpty().containsOnly("wrong signature");
      assertThat(server.commands).isEmpty();
    }
  }
}
