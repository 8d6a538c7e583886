package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.access.ApiKeys;
import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every route × every kind of key and scope × every state of a key, as the table has them. */
class AuthorisationMatrixTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static Plant plant;

  /** Keys that are in force, of every kind and every single scope, and of none. */
  private record Held(KeyKind kind, Set<Scope> scopes, String text) {
    boolean opens(Endpoint endpoint) {
      return endpoint.kinds().contains(kind)
          && endpoint.scopes().stream().anyMatch(scopes::contains);
    }
  }

  private static final List<Held> HELD = new ArrayList<>();
  private static final List<Held> OTHERS = new ArrayList<>();

  /** What opens nothing, by what is wrong with it. */
  private static final Map<String, List<String>> WRONG = new LinkedHashMap<>();

  @BeforeAll
  static void makeKeys() {
    plant = MONGO.plant();
    plant.application.configure(Plant.ACCOUNT);
    plant.application.configure(
        Plant.ACCOUNT.replace("\"acme\"", "\"other\"").replace("\"stays\"", "\"visits\""));
    List<String> expired = new ArrayList<>();
    List<String> revoked = new ArrayList<>();
    List<String> forged = new ArrayList<>();
    Instant soon = plant.clock.instant().plusSeconds(1);
    for (KeyKind kind : KeyKind.values()) {
      for (Set<Scope> scopes : scopes()) {
        HELD.add(new Held(kind, scopes, issue("acme", kind, scopes, null).text().reveal()));
        for (String account : List.of("other", "unconfigured")) {
          OTHERS.add(new Held(kind, scopes, issue(account, kind, scopes, null).text().reveal()));
        }
        expired.add(issue("acme", kind, scopes, soon).text().reveal());
        ApiKeys.Issued gone = issue("acme", kind, scopes, null);
        plant.application.keys().revoke("acme", gone.key().id(), "ada");
        revoked.add(gone.text().reveal());
        forged.add(forge(issue("acme", kind, scopes, null).text().reveal()));
      }
    }
    plant.clock.advance(Duration.ofSeconds(10));
    WRONG.put("none", List.of(""));
    WRONG.put("expired", expired);
    WRONG.put("revoked", revoked);
    WRONG.put("forged", forged);
  }

  @AfterAll
  static void close() {
    plant.close();
  }

  private static List<Set<Scope>> scopes() {
    List<Set<Scope>> scopes = new ArrayList<>();
    scopes.add(Set.of());
    Stream.of(Scope.values()).map(Set::of).forEach(scopes::add);
    scopes.add(EnumSet.allOf(Scope.class));
    return scopes;
  }

  private static ApiKeys.Issued issue(
      String account, KeyKind kind, Set<Scope> scopes, @Nullable Instant expires) {
    Set<String> recipients = kind == KeyKind.TEAM ? Set.of("k1:00") : Set.of();
    return plant
        .application
        .keys()
        .issue(
            account,
            new KeyGrant("matrix", kind, scopes, recipients, KeyGrant.MOST_PER_MINUTE, expires),
            "ada");
  }

  /** The id is right, the secret is another one. */
  private static String forge(String text) {
    String[] parts = text.split("_", -1);
    parts[3] = new StringBuilder(parts[3]).reverse().toString();
    return String.join("_", parts);
  }

  private static List<Endpoint> endpoints() {
    return plant.application.webDoor().routes().endpoints();
  }

  /** Names in paths stand for what exists nowhere. */
  private static WebReply ask(Endpoint endpoint, String key) {
    String path = endpoint.path().replaceAll("\\{[^}]*}", "nothinghere0");
    boolean body = !Set.of("GET", "DELETE").contains(endpoint.method());
    return plant
        .application
        .webDoor()
        .answer(
            new RawRequest(
                endpoint.method(),
                path,
                "",
                key.isEmpty() ? List.of() : List.of(Map.entry("Authorization", "Bearer " + key)),
                body ? RawBody.text("{}") : RawBody.NONE,
                "192.0.2.7",
                "r1"));
  }

  @Test
  void routes_keyInForce_opensWhatTheTableSaysAndNothingElse() {
    opensWhatTheTableSays(HELD);
  }

  @Test
  void routes_keyOfAnotherAccount_opensTheSameRoutes() {
    opensWhatTheTableSays(OTHERS);
  }

  private static void opensWhatTheTableSays(List<Held> keys) {
    for (Endpoint endpoint : endpoints()) {
      for (Held held : keys) {
        int status = ask(endpoint, held.text()).status();
        String what = endpoint.name() + " by " + held.kind() + " " + held.scopes();
        if (endpoint.isOpen() || held.opens(endpoint)) {
          assertThat(status).as(what).isNotIn(401, 403, 429).isLessThan(500);
        } else {
          assertThat(status).as(what).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void routes_keyThatIsNotInForce_opensNothing() {
    for (Endpoint endpoint : endpoints()) {
      WRONG.forEach((state, keys) -> {
        for (String key : keys) {
          plant.clock.advance(Duration.ofSeconds(3)); // else the source would have to wait
          WebReply reply = ask(endpoint, key);
          String what = endpoint.name() + " by a key that is " + state;
          if (endpoint.isOpen()) {
            assertThat(reply.status()).as(what).isNotIn(401, 403, 429).isLessThan(500);
          } else {
            assertThat(reply.status()).as(what).isEqualTo(401);
            assertThat(reply.headers()).as(what).containsKey("WWW-Authenticate");
          }
        }
      });
    }
  }

  @Test
  void routes_wrongKeys_areAllAnsweredAlike() {
    Endpoint closed = endpoints().stream().filter(one -> !one.isOpen()).findFirst().orElseThrow();
    Set<WebReply> replies = new HashSet<>();
    WRONG.forEach((state, keys) -> {
      if (!state.equals("none")) {
        keys.forEach(key -> {
          plant.clock.advance(Duration.ofSeconds(3));
          replies.add(ask(closed, key));
        });
      }
    });

    assertThat(replies).hasSize(1);
  }

  @Test
  void routes_belowV1_areClosedUnlessTheySayWhatOpensThem() {
    assertThat(endpoints().stream().filter(Endpoint::isOpen).map(Endpoint::name))
        .as("open routes are a decision: write a new one here")
        .containsExactlyInAnyOrder(
            "health",
            "askUnsubscribe",
            "unsubscribe",
            "askAnswers",
            "giveAnswers",
            "openApi",
            "reference");
  }
}
