package dev.beckon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.events.Event;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.demo.Rig;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an installation without an account to one that the doctor finds nothing wrong with. */
class InstallationCommandsTest {
  private static final Path ACCOUNT = Rig.SAMPLES.resolve("account.json");

  @TempDir static Path folder;
  private static LocalCloud<AwsSide> cloud;
  private static Shell shell;

  @BeforeAll
  static void start() throws IOException {
    cloud =
        LocalCloud.start(
            LocalCloud.Options.in(folder), () -> AwsSide.start(Duration.ofMinutes(2), 2));
    shell = new Shell(cloud, folder);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static Shell.Seen configure(Path file) {
    List<String> words = new ArrayList<>(List.of("configure", file.toString()));
    cloud.placeholders().forEach((name, value) -> words.add("--set=" + name + "=" + value));
    return shell.beckon(words.toArray(String[]::new));
  }

  @Test
  void configure_sampleAccount_isStored_andTheDoctorFindsNothingToMend() throws Exception {
    Shell.Seen stored = configure(ACCOUNT);
    assertThat(stored.err()).isEmpty();
    assertThat(stored.out()).startsWith("account acme, version ");
    assertThat(cloud.application().stores().accounts().written("acme")).isPresent();

    Shell.Seen text = shell.beckon("doctor");
    assertThat(text.out())
        .contains("✔ configuration ", "✔ vendor acme/bulk ", "nothing has to be mended, ")
        .doesNotContain("✘");
    assertThat(text.code()).isZero();

    JsonNode json = JsonMapper.builder().build().readTree(shell.beckon("doctor", "--json").out());
    assertThat(json.path("sound").asBoolean()).isTrue();
    assertThat(json.path("findings")).hasSizeGreaterThan(15);
  }

  @Test
  void configure_unsoundDocument_namesEveryProblemByPath_andStoresNothing() throws Exception {
    Path file = folder.resolve("unsound.json");
    Files.writeString(
        file,
        """
        {"id": "other", "vendorAccounts": {"mail": {"vendor": "pigeon"}},
         "dispatches": {"d": {"routes": [{"channel": "email", "vendors": ["mail"]}],
           "templates": {"en": {"email": {"subject": "Hello {{ name }}", "text": "x"}}},
           "surveyLink": "https://survey.example/{token}"}}}
        """);
    Shell.Seen seen = configure(file);

    assertThat(seen.code()).isEqualTo(1);
    assertThat(seen.err())
        .contains("nothing was stored", "vendorAccounts.mail.vendor", "dispatches.d.templates.en");
    assertThat(cloud.application().stores().accounts().written("other")).isEmpty();
  }

  @Test
  void configure_placeholderWithoutAValue_isRefusedByItsName() {
    Shell.Seen seen = shell.beckon("configure", ACCOUNT.toString());

    assertThat(seen.code()).isEqualTo(2);
    assertThat(seen.err()).contains("has no value: give one with --set ");
  }

  @Test
  void migrate_twice_isHarmless() {
    assertThat(shell.beckon("migrate"))
        .isEqualTo(shell.beckon("migrate"))
        .isEqualTo(new Shell.Seen(0, "the store has every index\n", ""));
  }

  @Test
  void doctor_somethingWrong_endsWithCode1_andSaysWhatToDo() throws IOException {
    Path file = folder.resolve("broken.env");
    Files.writeString(file, "BECKON_BUCKET=x\n");
    Shell.Seen seen = Shell.run("doctor", "--env=" + file);

    assertThat(seen.code()).isEqualTo(1);
    assertThat(seen.out())
        .contains("✘ configuration  BECKON_MONGO_URI is missing", "→ docs/configuration.md");
  }

  @Test
  void keys_createdListedRevoked_showTheTextOnceAndOpenTheDoorMeanwhile() throws Exception {
    Shell.Seen made =
        shell.beckon(
            "keys",
            "create",
            "--account=acme",
            "--name=first",
            "--scope=configure,read",
            "--expires=90d");
    assertThat(made.err()).isEmpty();
    assertThat(made.out())
        .contains("(first) of account acme, kind live, for configure, read, until ")
        .contains("shown this once");
    Matcher text = Pattern.compile("beckon_live_([a-z0-9]{12})_[0-9A-Za-z_]+").matcher(made.out());
    assertThat(text.find()).isTrue();
    assertThat(listKeys(text.group())).isEqualTo(200);

    Shell.Seen list = shell.beckon("keys", "list", "--account=acme");
    assertThat(list.out())
        .containsPattern(text.group(1) + " +first +live +in force +20.*configure, read")
        .doesNotContain(text.group());

    assertThat(shell.beckon("keys", "revoke", text.group(1)).out()).contains("is revoked");
    assertThat(shell.beckon("keys", "revoke", text.group(1)).out()).contains("already");
    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(shell.beckon("keys", "list", "--account=acme", "--json").out());
    assertThat(json.path("keys").findValuesAsText("state")).contains("REVOKED");
    assertThat(cloud.application().stores().events().newest(100))
        .extracting(Event::code)
        .contains("key-created", "key-revoked");
  }

  @Test
  void keys_teamKeyAsJson_keepsHashesOfItsRecipientsAlone() throws Exception {
    Shell.Seen made =
        shell.beckon(
            "keys",
            "create",
            "--account=nobody",
            "--name=team",
            "--kind=team",
            "--scope=dispatch",
            "--recipient=ada@example.org",
            "--per-minute=30",
            "--json");
    JsonNode json = JsonMapper.builder().build().readTree(made.out());

    assertThat(json.path("key").asText()).startsWith("beckon_team_" + json.path("id").asText());
    assertThat(json.path("perMinute").asInt()).isEqualTo(30);
    assertThat(
            cloud
                .application()
                .stores()
                .apiKeys()
                .find(json.path("id").asText())
                .orElseThrow()
                .grant()
                .recipients())
        .singleElement()
        .asString()
        .doesNotContain("ada");
  }

  @Test
  void keys_thatCannotBeMade_sayWhichOptionIsWrong() {
    List<String> create = List.of("keys", "create", "--account=acme", "--name=x");
    for (List<String> wrong :
        List.of(
            List.of("--scope=fly", "--scope"),
            List.of("--scope=read", "--kind=root", "--kind"),
            List.of("--scope=read", "--kind=team", "--recipient"),
            List.of("--scope=read", "--recipient=ada@example.org", "--recipient"),
            List.of("--scope=read", "--per-minute=0", "--per-minute"))) {
      List<String> words = new ArrayList<>(create);
      words.addAll(wrong.subList(0, wrong.size() - 1));
      Shell.Seen seen = shell.beckon(words.toArray(String[]::new));
      assertThat(seen.code()).isEqualTo(2);
      assertThat(seen.err()).contains("beckon: " + wrong.getLast() + ": ");
    }
    assertThat(shell.beckon("keys", "revoke", "beckon_live_x").err()).contains("the id alone");
    assertThat(shell.beckon("keys", "revoke", "nosuchkey000").err()).contains("no such key");
  }

  private static int listKeys(String key) {
    return cloud
        .application()
        .webDoor()
        .answer(
            new RawRequest(
                "GET",
                "/v1/keys",
                "",
                List.of(Map.entry("Authorization", "Bearer " + key)),
                RawBody.NONE,
                "",
                "r1"))
        .status();
  }
}
