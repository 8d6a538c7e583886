package dev.beckon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.account.AccountReader;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.bed.Plant;
import dev.beckon.parcel.Hint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same damaged input in a process that has little memory: what is small stays small. */
class SmallHeapTest {

  @Test
  void readers_thousandsOfDamagedInputs_fitInASmallHeap(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SmallHeapTest.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  /** Runs in the other process. */
  public static void main(String[] arguments) throws Exception {
    new TemplateFuzzTest().compile_damagedTemplates_areRefusedByLineAndColumnOrRender();
    new TemplateFuzzTest().compile_damagedLinks_areRefusedByPlaceOrBecomeLinks();
    new FileSecretsFuzzTest()
        .resolve_damagedFiles_areRefusedByPlaceAndNeverShowAValue(Path.of(arguments[0]));
    JsonNode sound = new ObjectMapper().readTree(Plant.ACCOUNT);
    AccountReader reader = new AccountReader();
    Fuzz.of("account", 250)
        .run(
            random -> new JsonMangler(random).document(sound),
            document -> {
              try {
                return reader.read(document, 1).id();
              } catch (InvalidAccountException e) {
                return "refused";
              }
            });
    List<String> hints = List.of("parcel/a.0", "chunk/b.1", "import/c");
    Fuzz.of("hint", 50)
        .run(
            random -> new Mangler(random).text(hints.get(random.nextInt(3))),
            body -> Hint.parse(body).isPresent() ? "ours" : "nobody's");
  }
}
