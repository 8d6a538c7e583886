package dev.beckon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.account.Account;
import dev.beckon.account.Feed;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountFuzzTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  /** A path or a line and column before each problem. */
  private static final Pattern PLACED =
      Pattern.compile("(?s)(line \\d+, column \\d+|the document|[^ ].*?): .+");

  @Test
  void configure_damagedAccounts_areRefusedByPathOrWork() throws Exception {
    JsonNode sound = new ObjectMapper().readTree(Plant.ACCOUNT);
    try (Plant plant = MONGO.plant()) {
      Map<String, Integer> outcomes =
          Fuzz.of("account", 250)
              .run(
                  random -> new JsonMangler(random).document(sound),
                  document -> {
                    try {
                      Account account = plant.application.configure(document);
                      return work(plant, account) ? "worked" : "no feed";
                    } catch (InvalidAccountException e) {
                      assertThat(e.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(101);
                      assertThat(e.problems())
                          .allSatisfy(problem ->
                              assertThat(problem)
                                  .hasSizeLessThan(3_000)
                                  .matches(PLACED)
                                  .doesNotContainPattern("\\p{Cntrl}"));
                      return "refused";
                    }
                  });
      assertThat(outcomes.get("refused")).isGreaterThan(200);
      assertThat(outcomes.get("worked")).isGreaterThan(50);
    }
  }

  /** What was accepted has to carry rows to their end. */
  private static boolean work(Plant plant, Account account) {
    for (Feed feed : account.feeds().values()) {
      String file =
          "email,mobile,first_name,note,language\nversion%d@example.org,+4915112345678,Ada,n,de\n"
              .formatted(account.version());
      assertThat(plant.drop(feed.id() + "/incoming/f.csv", file)).as("wanted again").isZero();
    }
    plant.application.sweep(plant.deadline());
    assertThat(plant.application.stores().imports().open(10)).as("unended imports").isEmpty();
    return !account.feeds().isEmpty();
  }
}
