package dev.beckon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebDoorFuzzTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "get", "", "\0");

  @Test
  void answer_damagedRequests_areAnsweredWithoutRepeatingThem() {
    try (Plant plant = MONGO.plant()) {
      Map<String, Integer> outcomes =
          Fuzz.of("web request", 300)
              .run(
                  random ->
                      new RawRequest(
                          METHODS.get(random.nextInt(METHODS.size())),
                          random.nextInt(10) == 0
                              ? "/u/AAAAAAAAAAAAAAAAAAAAAA"
                              : new Mangler(random).text("/u/canaryAAAAAAAAAAAAAAAA"),
                          random.nextInt(3) == 0 ? new Mangler(random).text("a=canary&b=%41") : "",
                          random.nextInt(3) == 0
                              ? List.of(Map.entry("X-Thing", new Mangler(random).text("canary")))
                              : List.of(),
                          random.nextInt(3) == 0
                              ? RawBody.base64(new Mangler(random).text("Y2FuYXJ5"))
                              : RawBody.NONE,
                          "192.0.2.1",
                          "r1"),
                  request -> {
                    WebReply reply = plant.application.webDoor().answer(request);
                    assertThat(reply.status()).isIn(400, 404, 405, 431);
                    assertThat(reply.body()).hasSizeLessThan(4_000).doesNotContain("canary");
                    return "" + reply.status();
                  });
      assertThat(outcomes).containsOnlyKeys("400", "404", "405", "431");
    }
  }
}
