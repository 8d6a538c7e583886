package dev.beckon.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import dev.beckon.account.AccountSource.Version;
import dev.beckon.account.Change;
import java.time.Clock;
import java.time.Duration;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a writer leaves behind that was cut off between the history and the account. */
class AccountHistoryTest {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  private MongoAccounts accounts;
  private MongoCollection<Document> collection;

  @BeforeEach
  void start() {
    accounts = new MongoAccounts(server.connection(), Duration.ZERO, Clock.systemUTC());
    collection = server.connection().collection("accounts");
  }

  private static String json(String name) {
    return "{\"id\": \"acme\", \"name\": \"" + name + "\"}";
  }

  private void cutOffAfterTheHistory() {
    new AccountHistory(server.connection()).keep(collection.find().first());
  }

  @Test
  void versions_afterACut_holdTheOneInForceOnce() {
    accounts.put(json("One"), Change.whole("ann"));
    cutOffAfterTheHistory();

    assertThat(accounts.versions("acme", Long.MAX_VALUE, 10))
        .extracting(Version::number)
        .containsExactly(1L);
    assertThat(accounts.find("acme").orElseThrow().name()).isEqualTo("One");
  }

  @Test
  void put_afterACut_losesAndInventsNothing() {
    accounts.put(json("One"), Change.whole("ann"));
    cutOffAfterTheHistory();
    accounts.put(json("Two"), Change.whole("bob"));
    Document two = collection.find().first();
    accounts.put(json("Three"), Change.whole("cat"));
    // a writer that read the second version and comes late
    new AccountHistory(server.connection()).keep(two);

    assertThat(accounts.versions("acme", Long.MAX_VALUE, 10))
        .extracting(version -> version.number() + " " + version.change().who())
        .containsExactly("3 cat", "2 bob", "1 ann");
    assertThat(accounts.version("acme", 1).orElseThrow().json()).isEqualTo(json("One"));
    assertThat(accounts.version("acme", 2).orElseThrow().json()).isEqualTo(json("Two"));
    assertThat(accounts.version("acme", 3).orElseThrow().json()).isEqualTo(json("Three"));
  }

  @Test
  void versions_storedBeforeWhoWasKept_areRead() {
    collection.insertOne(
        new Document("_id", "acme").append("version", 4L).append("json", json("Old")));

    assertThat(accounts.versions("acme", Long.MAX_VALUE, 10))
        .extracting(version -> version.number() + " " + version.change().who())
        .containsExactly("4 unknown");
    assertThat(accounts.written("acme").orElseThrow().json()).isEqualTo(json("Old"));
  }
}
