package dev.beckon.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.events.Event;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DroppedFileFuzzTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final Charset LATIN = Charset.forName("windows-1252");

  private static byte[] file(Random random) {
    StringBuilder text = new StringBuilder("email,mobile,First Name,note,language\r\n");
    for (int row = 1 + random.nextInt(5); row > 0; row--) {
      text.append(
          "guest%d@example.org,+49151%08d,\"Zoë, \"\"Z\"\"\",n%d,de\r\n"
              .formatted(random.nextInt(), random.nextInt(100_000_000), row));
    }
    String sound = text.toString();
    Mangler mangler = new Mangler(random);
    Charset charset = List.of(UTF_8, UTF_16LE, LATIN).get(random.nextInt(3));
    String damaged = random.nextBoolean() ? mangler.text(sound) : sound;
    byte[] bytes = ((random.nextInt(4) == 0 ? "\ufeff" : "") + damaged).getBytes(charset);
    return damaged.equals(sound) || random.nextBoolean() ? mangler.bytes(bytes) : bytes;
  }

  @Test
  void drop_damagedFiles_endAcceptedOrRefusedByPlace() {
    try (Plant plant = MONGO.plant()) {
      plant.application.configure(Plant.ACCOUNT);
      Map<String, Integer> outcomes =
          Fuzz.of("dropped file", 250)
              .run(
                  DroppedFileFuzzTest::file,
                  content -> {
                    assertThat(plant.drop("stays/incoming/f.csv", content)).isZero();
                    assertThat(plant.application.stores().imports().open(10)).isEmpty();
                    assertThat(plant.objects.info("stays/incoming/f.csv")).isEmpty();
                    return "ended";
                  });
      List<Event> all = plant.application.stores().events().newest(100_000);
      assertThat(all)
          .filteredOn(event -> event.code().equals("import-refused"))
          .hasSizeGreaterThan(100)
          .allSatisfy(event -> assertThat(event.message()).contains("feed stays", "f.csv: "));
      assertThat(all)
          .filteredOn(event -> event.code().equals("import-accepted"))
          .hasSizeGreaterThan(100);
      assertThat(all)
          .filteredOn(event -> event.code().matches("import-(refused|accepted)"))
          .hasSize(outcomes.get("ended"));
    }
  }

  /** The name of the file is malformed input as well. */
  @Test
  void drop_damagedNames_endAcceptedOrAreToldOf() {
    try (Plant plant = MONGO.plant()) {
      plant.application.configure(Plant.ACCOUNT);
      Map<String, Integer> outcomes =
          Fuzz.of("file name", 250)
              .aTenth()
              .run(
                  random -> new Mangler(random).text("stays/incoming/guests of May.csv"),
                  key -> {
                    int sent = plant.vendor.given().size();
                    plant.clock.advance(Duration.ofMillis(1));
                    plant.drop(key, "email,first_name\nguest" + sent + "@example.org,Ada\n");
                    boolean told =
                        plant.application.stores().events().newest(1).stream()
                            .anyMatch(event -> event.at().equals(plant.clock.instant()));
                    if (plant.vendor.given().size() > sent) {
                      assertThat(told).isTrue();
                      return "sent";
                    }
                    if (!told) {
                      assertThat(key).doesNotMatch("(?s)[^/]+/incoming/.+");
                    }
                    return told ? "told" : "none of ours";
                  });
      assertThat(outcomes.get("sent")).isGreaterThan(10);
      assertThat(outcomes.get("told")).isGreaterThan(2);
      assertThat(outcomes.get("none of ours")).isGreaterThan(10);
    }
  }
}
