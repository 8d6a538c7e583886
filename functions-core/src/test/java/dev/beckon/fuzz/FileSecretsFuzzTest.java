package dev.beckon.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.FileSecrets;
import dev.beckon.account.SecretMissingException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSecretsFuzzTest {
  private static final String SOUND =
      "{\"mail-password\": \"canary-4711\",\n \"key\": \"Y2FuYXJ5LTQ3MTE=\", \"x/y_z\": \"\\u00e4\"}";

  @Test
  void resolve_damagedFiles_areRefusedByPlaceAndNeverShowAValue(@TempDir Path folder) {
    Path file = folder.resolve("secrets.json");
    Map<String, Integer> outcomes =
        Fuzz.of("secrets file", 60)
            .run(
                random -> new Mangler(random).bytes(SOUND.getBytes(UTF_8)),
                content -> {
                  Files.write(file, content);
                  FileSecrets secrets = new FileSecrets(file, Clock.systemUTC());
                  try {
                    secrets.resolve(URI.create("secret://mail-password"));
                    return "resolved";
                  } catch (SecretMissingException e) {
                    assertThat(e).hasMessageContaining("secret://mail-password");
                    return "missing";
                  } catch (UncheckedIOException e) {
                    assertThat(e).hasMessageContaining("secrets.json");
                    assertThat(e).hasStackTraceContaining("secrets.json");
                    assertThat(e.getCause()).hasMessageNotContaining("canary");
                    assertThat(e.getCause().getMessage()).hasSizeLessThan(2_000);
                    return "refused";
                  }
                });
    assertThat(outcomes.get("resolved")).isGreaterThan(20);
    assertThat(outcomes.get("refused")).isGreaterThan(100);
  }
}
