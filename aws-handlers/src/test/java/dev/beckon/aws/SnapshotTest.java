package dev.beckon.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.beckon.account.Account;
import dev.beckon.app.Application;
import dev.beckon.bed.Plant;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.parcel.Lane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application on both sides of a snapshot. */
class SnapshotTest {
  @TempDir Path folder;
  private MongoServer mongo;
  private Map<String, String> environment;

  @BeforeEach
  void start() throws Exception {
    mongo = new MongoServer(new MemoryBackend());
    mongo.bind();
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    Files.writeString(
        folder.resolve("secrets.json"),
        "{\"mongo\":\"%s\",\"beckon-master-key\":\"%s\",\"beckon-hash-key\":\"%s\"}"
            .formatted(mongo.getConnectionString(), key, key));
    environment = new HashMap<>();
    environment.put("BECKON_MONGO_URI", "secret://mongo");
    environment.put("BECKON_BUCKET", "beckon-drop");
    for (String queue : List.of("FILES", "CHUNK", "PRIORITY", "BULK")) {
      environment.put("BECKON_" + queue + "_QUEUE", "http://127.0.0.1:1/" + queue);
    }
    environment.put("BECKON_PUBLIC_URL", "https://beckon.example");
    environment.put("BECKON_SECRETS", "file:" + folder.resolve("secrets.json"));
    environment.put("BECKON_SQS_ENDPOINT", "http://127.0.0.1:1");
    environment.put("BECKON_S3_ENDPOINT", "http://127.0.0.1:1");
  }

  @AfterEach
  void stop() {
    mongo.shutdownNow();
  }

  @Test
  void copies_ofOneSnapshot_giveTokensOfTheirOwn() throws Exception {
    HookContext runtime = new HookContext();
    try (FrozenRandom random = new FrozenRandom()) {
      SecureRandom kept = new SecureRandom();
      AwsApplication application = AwsApplication.start(RuntimeConfig.of(environment), runtime);
      runtime.beforeCheckpoint(runtime);

      List<String> tokens = new ArrayList<>();
      List<Long> controls = new ArrayList<>();
      for (String batch : List.of("copy1", "copy2")) {
        random.copy();
        runtime.afterRestore(runtime);
        controls.add(kept.nextLong());
        try (Application core = application.core()) {
          tokens.addAll(tokens(core, batch));
        }
      }

      assertThat(controls).as("what was kept repeats").hasSize(2);
      assertThat(controls.getFirst()).isEqualTo(controls.getLast());
      assertThat(tokens).hasSize(6).doesNotHaveDuplicates();
    }
  }

  private static List<String> tokens(Application core, String batch) {
    Account account =
        core.configure(
            Plant.ACCOUNT
                .replace("\"vendor\": \"scripted\"", "\"vendor\": \"simulator\"")
                .replace("\"note\"", "\"note" + batch + "\""));
    List<Row> rows = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      rows.add(
          new Row(
              number,
              Map.of(Channel.EMAIL, batch + number + "@example.org"),
              Map.of("first_name", "Ada"),
              null,
              "DE"));
    }
    core.intake()
        .accept(
            new IntakeRequest(
                account,
                account.requireDispatch("stay"),
                batch,
                "0",
                Lane.BULK,
                Instant.now(),
                rows));
    return core
        .stores()
        .invitations()
        .load(rows.stream().map(row -> Invitation.id(batch, row.number())).toList())
        .stream()
        .map(Invitation::token)
        .toList();
  }

  @Test
  void start_secretsMissing_failsTheStartOrTheRestoreButNeverTheSnapshot() throws Exception {
    Files.writeString(folder.resolve("secrets.json"), "{}");
    RuntimeConfig config = RuntimeConfig.of(environment);
    HookContext runtime = new HookContext();

    assertThatThrownBy(() -> AwsApplication.start(config, null))
        .hasMessageContaining("secret://mongo");
    AwsApplication application = AwsApplication.start(config, runtime);
    runtime.beforeCheckpoint(runtime);
    assertThatThrownBy(application::core).hasMessageContaining("secret://mongo");
  }

  @Test
  void start_environmentWrong_failsBeforeTheSnapshot() {
    environment.put("BECKON_SECRETS", "vault:elsewhere");
    RuntimeConfig config = RuntimeConfig.of(environment);

    assertThatThrownBy(() -> AwsApplication.start(config, new HookContext()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("BECKON_SECRETS");
  }
}
