package dev.beckon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.demo.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
}
