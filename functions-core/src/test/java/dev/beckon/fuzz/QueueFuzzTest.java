package dev.beckon.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.app.EntryPoint;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.events.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueueFuzzTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final List<EntryPoint> QUEUES =
      List.of(
          EntryPoint.FILE_DROP,
          EntryPoint.CHUNK,
          EntryPoint.DISPATCH_PRIORITY,
          EntryPoint.DISPATCH_BULK,
          EntryPoint.DEAD_LETTER);
  private static final List<String> SOUND =
      List.of(
          "parcel/imp0123456789abcdef0123.0.0",
          "chunk/imp0123456789abcdef0123.0",
          "import/imp0123456789abcdef0123",
          "{\"Records\":[{\"eventSource\":\"aws:s3\",\"s3\":{\"object\":{\"key\":\"a/incoming/b\"}}}]}",
          "ada@example.org");

  private record Batch(EntryPoint point, List<String> bodies) {}

  private static Batch batch(Random random) {
    Mangler mangler = new Mangler(random);
    List<String> bodies = new ArrayList<>();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      bodies.add(mangler.text(SOUND.get(random.nextInt(SOUND.size()))));
    }
    return new Batch(QUEUES.get(random.nextInt(QUEUES.size())), bodies);
  }

  @Test
  void deliver_damagedBodies_areRecordedOnceAndAcknowledged() {
    try (Plant plant = MONGO.plant()) {
      Fuzz.of("queue", 200)
          .run(
              QueueFuzzTest::batch,
              batch -> {
                Set<String> again = plant.deliver(batch.point(), batch.bodies());
                assertThat(again).isEmpty();
                return batch.point().name();
              });
      List<Event> events = plant.application.stores().events().newest(20_000);
      assertThat(events).hasSizeGreaterThan(500);
      assertThat(events)
          .extracting(Event::message)
          .allSatisfy(message ->
              assertThat(message).hasSizeLessThanOrEqualTo(300).doesNotContain("ada@example"));
      assertThat(events)
          .filteredOn(event -> event.code().equals("message-undecodable"))
          .extracting(Event::message)
          .allSatisfy(message -> assertThat(message).containsPattern("on the [a-z-]+ queue"));
    }
  }

  /** One message nobody can read never keeps its neighbours from being worked on. */
  @Test
  void deliver_damagedBodiesAroundASoundOne_doNotHoldItUp() {
    try (Plant plant = MONGO.plant()) {
      plant.application.configure(Plant.ACCOUNT);
      Fuzz.of("queue neighbours", 250)
          .aTenth()
          .run(
              QueueFuzzTest::batch,
              batch -> {
                String address = "guest" + plant.vendor.given().size() + "@example.org";
                plant.objects.write(
                    "stays/incoming/f.csv",
                    ("email,first_name\n" + address + ",Ada\n").getBytes(UTF_8));
                plant.application.fileDrop(
                    List.of("stays/incoming/f.csv"), List.of(), plant.deadline());
                int before = plant.vendor.given().size();
                plant.runQueuesAmong(batch.bodies());
                assertThat(plant.vendor.given()).hasSize(before + 1);
                return "sent";
              });
    }
  }
}
