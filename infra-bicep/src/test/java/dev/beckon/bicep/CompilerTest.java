package dev.beckon.bicep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bicep's own compiler, on machines that have it: types and properties are checked by it alone. */
class CompilerTest {
  @TempDir Path folder;

  private record Seen(int code, String text) {}

  private static Seen bicep(String verb, String file, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (Grammar.isOnPath("bicep")) {
      command.addAll(List.of("bicep", verb, file));
    } else {
      Assumptions.assumeTrue(
          Grammar.isOnPath("az"), "skipped: neither bicep nor az is on the path");
      command.addAll(List.of("az", "bicep", verb, "--file", file));
    }
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Seen(process.waitFor(), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "lint"})
  void main_isTakenByTheCompiler_withoutWarnings(String verb) throws Exception {
    Seen seen =
        verb.equals("build")
            ? bicep(verb, "main.bicep", "--outfile", folder.resolve("main.json").toString())
            : bicep(verb, "main.bicep");

    assertThat(seen.text()).doesNotContain("Error ").doesNotContain("Warning ");
    assertThat(seen.code()).isZero();
  }

  @Test
  void compiler_refusesAnUnknownName() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.bicep"), "output o string = nothing\n");

    assertThat(
            bicep("build", broken.toString(), "--outfile", folder.resolve("broken.json").toString())
                .code())
        .isNotZero();
  }
}
