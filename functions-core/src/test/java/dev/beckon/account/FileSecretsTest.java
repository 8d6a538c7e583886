package dev.beckon.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSecretsTest extends SecretsContract {
  private static final URI MAIL = URI.create("secret://mail_password");
  private static final FileTime THEN = FileTime.from(Instant.parse("2026-11-01T00:00:00Z"));

  @TempDir Path folder;
  private Path file;
  private final Hands clock = new Hands();
  private FileSecrets secrets;

  @BeforeEach
  void place() {
    file = folder.resolve("secrets.json");
    secrets = new FileSecrets(file, clock);
  }

  @Override
  protected Secrets secrets() {
    return secrets;
  }

  @Override
  protected void put(String name, String value) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode all =
        Files.exists(file) ? (ObjectNode) json.readTree(file.toFile()) : json.createObjectNode();
    store(all.put(name, value).toString());
  }

  @Override
  protected void advance(Duration by) {
    clock.move(by);
    // what was written between two looks has another time of change
    assertThat(file.toFile().setLastModified(clock.millis())).isTrue();
  }

  private void store(String json) throws IOException {
    Files.writeString(file, json);
    Files.setLastModifiedTime(file, THEN);
  }

  @Test
  void resolve_storedName_givesTheValueWithoutShowingIt() throws IOException {
    store("{\"mail_password\":\"hunter2\",\"mail/second\":\"three\"}");

    assertThat(secrets.resolve(MAIL).reveal()).isEqualTo("hunter2");
    assertThat(secrets.resolve(MAIL).toString()).doesNotContain("hunter2");
    assertThat(secrets.resolve(URI.create("secret://mail/second")).reveal()).isEqualTo("three");
  }

  @Test
  void resolve_unknownName_namesFileAndReference() throws IOException {
    store("{\"other\":\"hunter2\"}");

    assertThatThrownBy(() -> secrets.resolve(MAIL))
        .isInstanceOf(SecretMissingException.class)
        .hasMessageContainingAll("secret://mail_password", "secrets.json")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void resolve_otherScheme_isRefusedWithoutShowingIt() throws IOException {
    store("{}");

    assertThatThrownBy(() -> secrets.resolve(URI.create("https://hunter2/")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "[\"hunter2\"]",
        "{\"mail_password\": hunter2}",
        "{\"mail_password\": {\"value\": \"hunter2\"}}",
        "{\"mail_password\":\"hunter2\",\"mail_password\":\"hunter2\"}",
        "{\"mail_password\":\"hunter2"
      })
  void resolve_brokenFile_namesFileNeverValue(String json) throws IOException {
    store(json);

    assertThatThrownBy(() -> secrets.resolve(MAIL))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContainingAll("secret://mail_password", "secrets.json")
        .hasStackTraceContaining("secrets.json")
        .satisfies(e -> {
          for (Throwable t = e; t != null; t = t.getCause()) {
            assertThat(t.toString()).doesNotContain("hunter2");
          }
        });
  }

  @Test
  void resolve_hugeFile_isRefused() throws IOException {
    store("{\"mail_password\":\"" + "x".repeat(1 << 20) + "\"}");

    assertThatThrownBy(() -> secrets.resolve(MAIL)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void resolve_noFile_namesIt() {
    assertThatThrownBy(() -> secrets.resolve(MAIL))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("secrets.json");
  }

  @Test
  void resolve_fileTouched_readsAgain() throws IOException {
    store("{\"mail_password\":\"one\"}");
    secrets.resolve(MAIL);
    store("{\"mail_password\":\"two\"}");
    assertThat(secrets.resolve(MAIL).reveal()).isEqualTo("one");

    Files.setLastModifiedTime(file, FileTime.from(THEN.toInstant().plusSeconds(1)));

    assertThat(secrets.resolve(MAIL).reveal()).isEqualTo("two");
  }

  @Test
  void resolve_fiveMinutesLater_readsAgainThoughNothingTellsOfAChange() throws IOException {
    store("{\"mail_password\":\"one\"}");
    secrets.resolve(MAIL);
    store("{\"mail_password\":\"two\"}");

    clock.move(Duration.ofMinutes(5));

    assertThat(secrets.resolve(MAIL).reveal()).isEqualTo("two");
  }

  @Test
  void resolve_fileBrokenForAMoment_keepsTheLastValuesFiveMinutes() throws IOException {
    store("{\"mail_password\":\"one\"}");
    secrets.resolve(MAIL);
    store("{\"mail_pass");

    clock.move(Duration.ofMinutes(4));
    assertThat(secrets.resolve(MAIL).reveal()).isEqualTo("one");

    clock.move(Duration.ofMinutes(1));
    assertThatThrownBy(() -> secrets.resolve(MAIL)).isInstanceOf(UncheckedIOException.class);
  }

  /** A clock that moves only by hand. */
  private static final class Hands extends Clock {
    private Instant now = THEN.toInstant();

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
