package dev.beckon.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.invitation.InvitationState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTest {
  @TempDir Path folder;

  @Test
  void shortRound_everyFault_losesNobodyAndAsksNobodyTwice() throws Exception {
    Round.Setting setting =
        new Round.Setting(3, 10, 2_000, 2, null, Duration.ofMinutes(3), Archive.WITHOUT, folder);

    Round.Result result = new Round(setting, line -> {}).run();

    assertThat(result.books().violations()).isEmpty();
    assertThat(
            result.books().lines().values().stream().mapToLong(Long::longValue).sum()
                + result.books().refused())
        .isEqualTo(2_000);
    assertThat(result.books().lines().keySet())
        .filteredOn(line -> !line.dispatch().equals(TortureAccount.RESEND))
        .allMatch(line -> line.taken() <= 1);
    assertThat(result.books().lines().keySet())
        .filteredOn(line -> line.dispatch().equals(TortureAccount.UNTRUSTED))
        .allMatch(line -> line.taken() == 0)
        .extracting(Books.Line::state)
        .containsAnyOf(InvitationState.DEAD, InvitationState.EXPIRED);
    assertThat(result.books().lines().keySet())
        .filteredOn(line -> line.state() == InvitationState.SENT)
        .extracting(Books.Line::dispatch)
        .contains(TortureAccount.BULK, TortureAccount.CHAIN);
    assertThat(result.faults()).containsEntry(Fault.WORKER_KILLED, 10L);
    assertThat(result.faults().keySet()).contains(Fault.values());
    assertThat(result.refusedHandshakes()).isPositive();
  }

  @Test
  void plan_sameSeed_isTheSame_andDropsEveryFile() {
    assertThat(Plan.of(5, 12, 8)).isEqualTo(Plan.of(5, 12, 8)).isNotEqualTo(Plan.of(6, 12, 8));
    assertThat(Plan.of(5, 12, 8).steps()).filteredOn(step -> step.fault() == null).hasSize(8);
    assertThat(
            Plan.of(5, 12, 8).steps().stream()
                .filter(step -> step.fault() == Fault.WORKER_KILLED)
                .count())
        .isEqualTo(12);
  }

  /** Books that agree prove something only if books that do not are found out. */
  @Test
  void books_thatDoNotAgree_areFoundOut() throws Exception {
    TortureFile file = TortureFile.of(TortureAccount.HOLD, 0, 40, 1);
    try (Arena arena = Arena.start(folder, 1, Archive.WITHOUT)) {
      arena.drop(file);
      assertThat(arena.calm(1, Duration.ofMinutes(2)).finished(1)).isTrue();
      arena.crew().close();
      assertThat(compare(arena, file)).as("as it is").isEmpty();

      String sent = arena.vendor().references().iterator().next();
      post(arena.vendor().url(), sent);
      post(arena.vendor().url(), "nobody-000000002");
      TortureFile longer = new TortureFile(file.feed(), file.key(), file.content(), 41, file.bad());

      assertThat(compare(arena, file))
          .containsExactlyInAnyOrder(
              sent + ": hold: the vendor took it 2 times, its journal explains 1",
              "nobody-000000002: went out and is not in the store");
      assertThat(compare(arena, longer))
          .contains(
              "hold/incoming/0.csv: "
                  + (41 - file.bad())
                  + " rows are good, "
                  + (40 - file.bad())
                  + " are stored");
    }
  }

  private static Set<String> compare(Arena arena, TortureFile file) {
    return new Books(arena)
        .compare(Map.of(file.key(), file)).violations().stream()
            .map(violation -> violation.subject() + ": " + violation.problem())
            .collect(Collectors.toSet());
  }

  private static void post(URI vendor, String reference) throws IOException, InterruptedException {
    String body = "{\"messages\":[{\"reference\":\"" + reference + "\"}]}";
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> reply =
          client.send(
              HttpRequest.newBuilder(vendor)
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.body()).startsWith("{\"accepted\":1,");
    }
  }
}
