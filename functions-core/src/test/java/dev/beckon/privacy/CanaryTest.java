package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Traces;
import dev.beckon.bed.World;
import dev.beckon.events.Event;
import dev.beckon.feedback.Answer;
import dev.beckon.feedback.Answers;
import dev.beckon.feedback.Submission;
import dev.beckon.feedback.Unsubscribe;
import dev.beckon.intake.RecipientReader;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.SealedValue;
import dev.beckon.memory.MemoryWorkQueue;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One person's data goes every way there is; afterwards it is where it belongs and nowhere else.
 */
class CanaryTest {
  private static final String ADDRESS = "zanzibara.vogel@canary.example";
  private static final String NUMBER = "+4915123456789";
  private static final String NAME = "Zanzibara Vogel";
  private static final String NOTE = "grey parrot, second floor";
  private static final String KEY = "stays/incoming/guests.csv";

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private static Map<String, String> person() {
    Map<String, String> person = new LinkedHashMap<>();
    person.put("address", ADDRESS);
    person.put("number", NUMBER);
    person.put("name", NAME);
    person.put("note", NOTE);
    return person;
  }

  /** Runs something while everything printed and logged is kept; slf4j-simple prints here. */
  private static String printedBy(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static void drop(World world, String name, String content) {
    String key = KEY.replace("guests", name);
    world.objects.write(key, content.getBytes(StandardCharsets.UTF_8));
    world.fileDrop.fileDrop().created(key, world.deadline());
    for (String chunk : world.chunks.take(9)) {
      world.fileDrop.chunkIntake().accept(chunk.replace("chunk/", ""));
    }
  }

  /** What runs into the ways on which failures speak. */
  private static List<String> everyWay(World world) {
    List<String> bodies = new ArrayList<>();
    String header = "email,mobile,first_name,note\n";
    String row = ADDRESS + "," + NUMBER + "," + NAME + ",\"" + NOTE + "\"\n";
    drop(world, "no-header", row + row);
    drop(world, "names-only", NAME + ",x\n" + NAME + ",y\n");
    drop(world, "damaged", header + "\"" + ADDRESS + "\"x," + NAME + "\n" + row);
    drop(
        world,
        "refused",
        header + ADDRESS + " x,," + NAME + ",\n" + ",0151-23456789x," + NAME + ",\n");
    List<SendResult> answers =
        List.of(
            SendResult.of(SendCode.BAD_RECIPIENT, "550 " + ADDRESS + " (" + NAME + ") unknown"),
            SendResult.of(SendCode.BAD_CONTENT, "refused: Hello " + NAME + " " + NOTE),
            SendResult.of(SendCode.UNAVAILABLE, "x".repeat(295) + NAME)
                .retryAfter(Duration.ofHours(1)),
            SendResult.of(SendCode.BAD_CONFIGURATION, "for " + NAME.replace(" ", "+")),
            SendResult.of(SendCode.UNCLEAR_REPLY, "{\"to\":\"" + NUMBER + "\"}"),
            SendResult.of(SendCode.THROTTLED, "slow down, " + NAME.toUpperCase(Locale.ROOT))
                .retryAfter(Duration.ofHours(1)),
            SendResult.accepted("v1"));
    for (int i = 0; i < answers.size(); i++) {
      String batch = "way" + i;
      world.vendor.answers(Invitation.id(batch, 2), answers.get(i));
      world.intake.accept(
          world.requestNow(
              batch,
              List.of(
                  new Row(
                      2,
                      Map.of(Channel.EMAIL, ADDRESS),
                      Map.of("first_name", NAME, "note", NOTE),
                      null,
                      "DE"))));
      world.dispatch.dispatcher().dispatch(List.of(batch + ".0.0"), world.deadline());
    }
    failures(world, bodies);
    for (MemoryWorkQueue queue : List.of(world.bulk, world.priority, world.files, world.chunks)) {
      bodies.addAll(queue.take(1_000));
    }
    return bodies;
  }

  private static void failures(World world, List<String> escaped) {
    world.clock.advance(Duration.ofHours(1).plusSeconds(1)); // the vendor asked for as much peace
    world.vendor.meanwhile(batch -> {
      throw new IllegalStateException("cannot send to " + batch.getFirst().to().address() + NAME);
    });
    accept(world, "thrown");
    world.dispatch.dispatcher().dispatch(List.of("thrown.0.0"), world.deadline());
    world.vendor.meanwhile(batch -> {});
    accept(world, "broken");
    world.replaceSealed(
        Invitation.id("broken", 2),
        new SealedValue((ADDRESS + NAME + "0123456789012345").getBytes(StandardCharsets.UTF_8)));
    world.dispatch.dispatcher().dispatch(List.of("broken.0.0"), world.deadline());
    world.replaceSealed(Invitation.id("broken", 2), SealedValue.NONE);
    for (String step : List.of("claim", "settle", "unfinished", "load")) {
      accept(world, step);
      world.cuts.before(step, () -> URI.create("https://x.example/" + ADDRESS + NAME + " " + NOTE));
      try {
        world.dispatch.dispatcher().dispatch(List.of(step + ".0.0"), world.deadline());
      } catch (IllegalArgumentException e) {
        escaped.add(Failures.tell(e));
      }
    }
    world.dispatch.deadLetters().take("claim.0.0");
    world.clock.advance(Duration.ofHours(1));
    world.dispatch.sweep().run();
    world.fileDrop.importSweep().run();
    assertThat(
            new Unsubscribe(world.invitations, world.suppressed, world.clock)
                .unsubscribe(world.invitation(Invitation.id("way6", 2)).token()))
        .isTrue();
    assertThat(
            world.answers.store(
                "acme",
                world.invitation(Invitation.id("way6", 2)).token(),
                new Submission(
                    Map.of("why", new Answer.Words(NAME + ", " + NOTE + ", " + ADDRESS)),
                    world.clock.instant(),
                    true)))
        .isEqualTo(Answers.Outcome.STORED);
    accept(world, "after");
    assertThat(world.invitation(Invitation.id("after", 2)).state())
        .isEqualTo(InvitationState.SUPPRESSED);
    world.erasure.look("acme", new RecipientReader().read(NUMBER, null));
  }

  private static void accept(World world, String batch) {
    world.intake.accept(world.requestNow(batch, List.of(World.row(2, ADDRESS, NAME))));
  }

  @Test
  void person_throughEveryWay_isInNoLogNoEventNoQueueAndNoOpenField() {
    try (World world = HOST.world()) {
      List<String> bodies = new ArrayList<>();
      String log = printedBy(() -> bodies.addAll(everyWay(world)));
      Map<String, String> secrets = person();
      for (int i = 0; i < 7; i++) {
        secrets.put("token " + i, world.invitation(Invitation.id("way" + i, 2)).token());
      }
      Traces traces = new Traces(secrets);
      Traces person = new Traces(person());
      List<String> found = new ArrayList<>();
      traces.in(log).forEach(trace -> found.add("log: " + trace));
      bodies.forEach(body -> traces.in(body).forEach(trace -> found.add("queue: " + trace)));
      world
          .events
          .newest(1_000)
          .forEach(event ->
              traces.in(event.toString()).forEach(trace -> found.add(event.code() + ": " + trace)));
      world
          .dump()
          .forEach(
              (place, bytes) -> person.in(bytes).forEach(trace -> found.add(place + ": " + trace)));
      world.objects.list().keySet().stream()
          .filter(key -> key.startsWith(".beckon/"))
          .forEach(
              key -> person.in(read(world, key)).forEach(trace -> found.add(key + ": " + trace)));

      assertThat(found).isEmpty();
      assertThat(world.eventCodes()).contains("import-refused", "vendor-refuses-us");
      assertThat(world.objects.list().keySet())
          .anyMatch(key -> key.startsWith(".beckon/chunks/"))
          .anyMatch(key -> key.startsWith(".beckon/refusals/"));
      assertThat(bodies).isNotEmpty();
      assertThat(log).contains("failed and is delivered again", "threw instead of answering");
      Set<String> notes = new HashSet<>();
      for (int i = 0; i < 6; i++) {
        notes.add(world.invitation(Invitation.id("way" + i, 2)).journal().getLast().note());
      }
      assertThat(notes).anyMatch(note -> note.contains("(***) unknown"));
    }
  }

  @Test
  void search_plantedInTheDatabase_isFound() {
    try (World world = HOST.world()) {
      world.events.write(
          new Event(
              world.clock.instant(), Event.Level.DEBUG, "planted", "planted/" + NAME, "", ""));

      assertThat(world.dump().values())
          .anyMatch(bytes -> !new Traces(person()).in(bytes).isEmpty());
      assertThat(printedBy(() -> System.err.print(ADDRESS))).contains(ADDRESS);
    }
  }

  private static byte[] read(World world, String key) {
    try (var stream = world.objects.read(key).orElseThrow()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
