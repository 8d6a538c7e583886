package dev.beckon.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import dev.beckon.check.Finding;
import dev.beckon.check.Finding.Mark;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreCheckTest {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  private StoreCheck check() {
    return new StoreCheck(server.connection(), Clock.systemUTC());
  }

  @Test
  void reachable_serverWithARightClock_isGood_andLeavesNothingBehind() {
    assertThat(check().reachable())
        .extracting(Finding::mark)
        .containsExactly(Mark.GOOD, Mark.GOOD, Mark.NOTICE);
    assertThat(server.connection().collection("doctor").countDocuments()).isZero();
  }

  @Test
  void reachable_clocksAMinuteApart_isWrong() {
    Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

    assertThat(new StoreCheck(server.connection(), fast).reachable())
        .anySatisfy(finding -> {
          assertThat(finding.mark()).isEqualTo(Mark.WRONG);
          assertThat(finding.what()).startsWith("the store's clock and this machine's differ by ");
        });
  }

  private static int declared() {
    return MongoConnection.declared().values().stream().mapToInt(List::size).sum();
  }

  @Test
  void indexes_migrated_areGood() {
    assertThat(check().indexes())
        .extracting(Finding::what)
        .containsExactly("all " + declared() + " indexes are there");
  }

  @Test
  void indexes_oneDroppedAndOneOfAnotherKind_areNamed() {
    server.connection().collection("chunks").dropIndex(Indexes.ascending("import"));
    server.connection().collection("invitations").dropIndex(Indexes.ascending("token"));
    server
        .connection()
        .collection("invitations")
        .createIndex(Indexes.ascending("token"), new IndexOptions().name("mine"));

    assertThat(check().indexes())
        .extracting(Finding::what)
        .containsExactly(
            "1 of " + declared() + " indexes are missing: chunks (import)",
            "indexes that are unique in one place only, store or Beckon: invitations (token)");
  }

  @Test
  void reachable_nobodyAnswers_isOneFinding_thatNamesNoHost() {
    try (MongoConnection nobody =
        new MongoConnection("mongodb://user:pass@127.0.0.1:1/admin", "beckon")) {
      assertThat(new StoreCheck(nobody, Clock.systemUTC()).reachable())
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.mark()).isEqualTo(Mark.WRONG);
            assertThat(finding.toString()).doesNotContain("127.0.0.1", "pass@");
          });
    }
  }
}
