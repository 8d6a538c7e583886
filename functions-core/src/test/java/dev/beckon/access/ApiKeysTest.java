package dev.beckon.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.events.Event;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApiKeysTest {
  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private World world;

  @BeforeEach
  void start() {
    world = HOST.world();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private ApiKeys.Issued issue() {
    KeyGrant grant = new KeyGrant("crm", KeyKind.LIVE, Set.of(Scope.READ), Set.of(), 60, null);
    return world.access.keys().issue("acme", grant, "ada");
  }

  @Test
  void issue_key_isStoredWithoutItsText() {
    String text = issue().text().reveal();
    String secret = text.split("_", -1)[3];

    assertThat(world.dump()).isNotEmpty();
    world
        .dump()
        .forEach((where, bytes) ->
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .as(where)
                .doesNotContain(secret));
  }

  @Test
  void issue_key_isAnEventWithWhoAndWhat() {
    ApiKeys.Issued issued = issue();

    assertThat(world.events.newest(1))
        .singleElement()
        .extracting(Event::account, Event::message)
        .containsExactly(
            "acme",
            "ada made the key "
                + issued.key().id()
                + " (crm), kind live, for read, without an end");
  }

  @Test
  void issue_twoKeys_haveNothingInCommon() {
    String[] one = issue().text().reveal().split("_", -1);
    String[] other = issue().text().reveal().split("_", -1);

    for (int part = 2; part < 5; part++) {
      assertThat(one[part]).isNotEqualTo(other[part]);
    }
  }

  @Test
  void issued_shown_tellsNoSecret() {
    ApiKeys.Issued issued = issue();

    assertThat(issued.toString())
        .doesNotContain(issued.text().reveal().split("_", -1)[3], issued.key().digest());
  }
}
