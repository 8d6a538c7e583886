package dev.beckon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.app.Application;
import dev.beckon.app.Delivery;
import dev.beckon.events.Event;
import dev.beckon.filedrop.Import;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Search;
import dev.beckon.local.demo.Rig;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person at a terminal sees of the commands for operators, and what these change. */
class CommandsTest {
  private static final String HEADER = "email,first_name,language,city,store\n";
  private static final int GUESTS = 30;

  @TempDir static Path folder;
  private static Rig rig;
  private static Shell shell;
  private static Import accepted;
  private static Import refused;
  private static Import calls;

  @BeforeAll
  static void run() throws Exception {
    rig = Rig.start(folder, 0.3, 0, Duration.ZERO);
    shell = new Shell(rig, folder);
    StringBuilder guests = new StringBuilder(HEADER);
    for (int i = 0; i < GUESTS; i++) {
      guests.append(address(i)).append(",Guest,en,Berlin,Mitte\n");
    }
    accepted = imported("store-visits/incoming/guests.csv", guests + "nobody,Guest,en,,Mitte\n");
    refused = imported("store-visits/incoming/again.csv", guests + "nobody,Guest,en,,Mitte\n");
    calls =
        imported(
            "service-calls/incoming/callers.tsv",
            "phone\tfirst_name\tlanguage\ttopic\tcall_date\n+4915112345678\tCara\ten\tbilling\t\n");
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  /** Everything a worker would do with a file, here and at once. */
  private static Import imported(String key, String content) {
    Application application = rig.cloud.application();
    Deadline deadline = Deadline.in(Duration.ofMinutes(2), Clock.systemUTC());
    rig.drop(key, content);
    application.fileDrop(List.of(key), List.of(), deadline);
    String id = rig.stores().imports().newest(1).getFirst().id();
    application.chunks(List.of(new Delivery("c", Hint.chunk(id + ".0"))), deadline);
    application.dispatch(List.of(new Delivery("m", Hint.parcel(id + ".0.0"))), deadline);
    return rig.stores().imports().find(id).orElseThrow();
  }

  private static String address(int guest) {
    return "guest." + guest + "@example.org";
  }

  private static String row(int number) {
    return Invitation.id(accepted.id(), number);
  }

  /** Of the guests: whether the one text fails is a matter of its id. */
  private static long failed(String reason) {
    Set<InvitationState> states = Set.of(InvitationState.FAILED);
    Search search = new Search(Set.of(), null, null, accepted.id(), states, null, reason);
    return rig.stores().search().counts(search, "").values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static long openParcels() {
    return rig.stores().parcels().open(accepted.id());
  }

  /** A person's address is in no line, whatever was asked for. */
  private static Shell.Seen seen(String... arguments) {
    Shell.Seen seen = shell.beckon(arguments);
    assertThat(seen.out() + seen.err()).doesNotContain("guest.", "15112345678");
    return seen;
  }

  @Test
  void find_byState_countsAndListsThem() throws Exception {
    long failed = failed(null);
    String batch = accepted.id();
    Shell.Seen text = seen("find", "--batch", batch, "--state", "FAILED", "--limit", "1");
    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(seen("find", "--batch", batch, "--state=FAILED", "--json").out());

    assertThat(failed).isBetween(2L, GUESTS - 2L);
    assertThat(text.code()).isZero();
    assertThat(text.out())
        .contains(failed - 1 + " more: the same with --after " + accepted.id())
        .contains("all that fit: FAILED " + failed);
    assertThat(json.path("counts").path("FAILED").asLong()).isEqualTo(failed);
    assertThat(json.path("invitations")).hasSize((int) failed);
  }

  @Test
  void find_byRecipient_alsoTyped_findsTheirsAlone() {
    assertThat(seen("find", "--recipient", "GUEST.1@example.org").out()).contains(row(3));
    assertThat(shell.typing(address(2) + "\n", "find", "--recipient", "-").out())
        .contains(row(4))
        .doesNotContain(address(2), row(3));
    assertThat(seen("find", "--recipient", "somebody@example.org"))
        .isEqualTo(new Shell.Seen(0, "no invitation fits\n", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "find --limit 0 | --limit must be from 1 to 10,000",
        "find --state NOPE | --state",
        "find --since lately | --since: ",
        "find --recipient guest.x | --recipient: recipient-unclear: is neither an e-mail address nor a telephone number",
        "find --recipient 0151@ | --recipient: email-no-domain: has nothing behind the @",
        "erase | Missing required option: '--recipient'",
        "erase --recipient guest.x --go | --recipient: recipient-unclear: is neither",
        "erase --recipient a@b.example --account no | there is no account no; known are [acme]",
        "redrive --state SENT | SENT cannot be redriven; what can is FAILED",
        "redrive --expires lately | --expires: write a length of time as",
        "redrive --expires 0d | the new expiry must lie in the future",
        "imports show | Missing required parameter: 'ID'",
        "imports list --state NOPE | --state",
        "nonsense | nonsense",
      })
  void wrongCommandLine_isRefusedByItsOption_withCode2(String line, String message) {
    Shell.Seen seen = seen(line.strip().split(" ", -1));

    assertThat(seen.err()).startsWith("beckon: ").contains(message, "--help");
    assertThat(seen.out()).isEmpty();
    assertThat(seen.code()).isEqualTo(2);
  }

  @Test
  void noSubcommand_orNoEnvironmentFile_isRefused() {
    assertThat(Main.run("imports")).isEqualTo(2);
    assertThat(Main.run("find", "--env=" + folder.resolve("none.env"))).isEqualTo(2);
  }

  @Test
  void redrive_withoutGo_changesNothing_withGoFilesOneParcel() {
    long failed = failed("550");
    long open = openParcels();
    Shell.Seen dry = seen("redrive", "--batch", accepted.id(), "--reason", "550");

    assertThat(failed).isGreaterThan(1);
    assertThat(dry.code()).isZero();
    assertThat(dry.out())
        .contains(failed + " invitations would go out again")
        .contains("Nothing was changed. The same with --go does it.");
    assertThat(openParcels()).isEqualTo(open);

    Shell.Seen done = seen("redrive", "--batch", accepted.id(), "--reason", "550", "--go");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("Filed: " + failed + " invitations in 1 parcel as redrive 1");
    assertThat(openParcels()).isEqualTo(open + 1);
  }

  @Test
  void redrive_ofNothing_saysSo() {
    Shell.Seen seen = seen("redrive", "--batch", "none", "--go");

    assertThat(seen.code()).isZero();
    assertThat(seen.out().strip()).isEqualTo("no invitation to send again fits");
    assertThat(seen("redrive", "--state", "IN_DOUBT", "--go").out()).contains("add --yes");
  }

  @Test
  void erase_withoutGo_changesNothing_withGoNobodyIsFound_andARepeatIsHarmless() {
    Shell.Seen dry = seen("erase", "--recipient", address(5));
    assertThat(dry.code()).isZero();
    assertThat(dry.out())
        .contains("account acme: 1 invitation\n", accepted.processedKey(), "(encrypted;")
        .contains("Nothing was changed. --go erases 1 invitation.")
        .contains("delete them yourself, or with --delete-files.");
    assertThat(seen("find", "--recipient", address(5)).out()).contains(row(7));

    Shell.Seen done = seen("erase", "--recipient", address(5), "--go");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("Erased 1 invitation. The recipient will not be asked again.");
    assertThat(seen("find", "--recipient", address(5)).out()).isEqualTo("no invitation fits\n");
    assertThat(rig.stores().events().newest(100))
        .extracting(Event::code)
        .contains("recipient-erased");

    Shell.Seen again = seen("erase", "--recipient", address(5), "--go");
    assertThat(again.code()).isZero();
    assertThat(again.out())
        .contains("Done: No invitation leads to this recipient.", accepted.processedKey());
    assertThat(rig.cloud.bucket().info(accepted.processedKey())).isPresent();
  }

  @Test
  void erase_askedForTheAddress_takesWhatIsTyped() {
    Shell.Seen seen = shell.typing(address(6) + "\n", "erase", "--recipient", "--go");

    assertThat(seen.code()).isZero();
    assertThat(seen.out()).contains("Erased 1 invitation.").doesNotContain(address(6));
  }

  @Test
  void erase_deleteFiles_deletesThemOnlyWithGo() {
    String key = calls.processedKey();
    Shell.Seen dry = seen("erase", "--recipient", "+49 151 12345678", "--delete-files");
    assertThat(dry.out()).contains(key + " (would be deleted)");
    assertThat(rig.cloud.bucket().info(key)).isPresent();

    Shell.Seen done = seen("erase", "--recipient", "+49 151 12345678", "--delete-files", "--go");
    assertThat(done.out()).contains(key + " (deleted)").doesNotContain("delete them yourself");
    assertThat(rig.cloud.bucket().info(key)).isEmpty();
  }

  @Test
  void imports_listAndShow_tellStateAndCounts() throws Exception {
    Shell.Seen list = seen("imports", "list", "--feed", "store-visits");
    assertThat(list.code()).isZero();
    assertThat(list.out()).contains("accepted: guests.csv", "refused: again.csv");
    assertThat(list.out()).doesNotContain("callers.tsv");
    assertThat(seen("imports", "list", "--feed", "none").out()).isEqualTo("no imports\n");

    Shell.Seen show = seen("imports", "show", accepted.id());
    assertThat(show.code()).isZero();
    assertThat(show.out()).contains("rows          31, 100 % at their end", "refused rows");
    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(seen("imports", "show", "--json", refused.id()).out());
    assertThat(json.toString()).contains("REFUSED", "same content");
  }

  @Test
  void imports_thatCannotBeDone_sayWhy_withCode1() {
    Map<List<String>, String> wrong =
        Map.of(
            List.of("show", "none"), "there is no import none; ./beckon imports list shows them",
            List.of("cancel", "none"), "there is no import none",
            List.of("force", accepted.id()), accepted.id(),
            List.of("approve", accepted.id()), accepted.id(),
            List.of("cancel", refused.id()), refused.id());
    wrong.forEach((words, message) -> {
      Shell.Seen seen = seen("imports", words.getFirst(), words.getLast());
      assertThat(seen.err()).startsWith("beckon: ").contains(message);
      assertThat(seen.out()).isEmpty();
      assertThat(seen.code()).isEqualTo(1);
    });
  }

  @Test
  void imports_force_repeated_namesTheSameNewImport() {
    Shell.Seen first = seen("imports", "force", refused.id());
    Shell.Seen second = seen("imports", "force", refused.id());

    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("people asked within the fatigue window are left alone");
    assertThat(second).isEqualTo(first);
  }
}
