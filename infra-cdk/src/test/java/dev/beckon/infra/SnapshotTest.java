package dev.beckon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The whole template of each profile as it was last looked at. A change that is meant is written
 * anew by {@code ./mvnw -pl infra-cdk -am test -Dtest=SnapshotTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dbeckon.snapshots=write}, and shows in the diff.
 */
class SnapshotTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "ALL_OPTIONS")
  void template_ofAProfile_isTheOneThatWasLookedAt(Templates stack) throws IOException {
    Path file = Path.of("src/test/resources/snapshots", stack.stack() + ".json");
    String now = readable(stack);
    if ("write".equals(System.getProperty("beckon.snapshots"))) {
      Files.writeString(file, now);
    }

    assertThat(now).isEqualTo(Files.readString(file));
  }

  /** Without hashes of code, which change with every build, and what the rules were told. */
  private static String readable(Templates stack) throws JsonProcessingException {
    Object template = JSON.convertValue(stack.template(), Object.class);
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    return JSON.writer(printer)
            .writeValueAsString(template)
            .replaceAll("[0-9a-f]{64}", "<hash of the code>")
            .replaceAll("(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}", "$1<hash>")
        + "\n";
  }
}
