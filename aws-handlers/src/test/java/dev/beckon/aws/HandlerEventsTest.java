package dev.beckon.aws;

import static dev.beckon.aws.HandlersBed.BRIDGED;
import static dev.beckon.aws.HandlersBed.NOTIFIED;
import static dev.beckon.aws.HandlersBed.call;
import static dev.beckon.aws.HandlersBed.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.bed.MongoHost;
import dev.beckon.filedrop.Import;
import dev.beckon.invitation.InvitationState;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes of events that AWS alone has, unchanged, and what they leave in the store. */
class HandlerEventsTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private HandlersBed bed;

  @BeforeEach
  void start() {
    bed = new HandlersBed(MONGO);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @ParameterizedTest
  @CsvSource({
    "s3-put.json, null",
    "sns-s3.json, null",
    "eventbridge-created.json, null",
    "sqs-s3.json, '{\"batchItemFailures\":[]}'",
    "sqs-sns-s3.json, '{\"batchItemFailures\":[]}'",
    "sqs-sns-raw.json, '{\"batchItemFailures\":[]}'",
    "sqs-eventbridge.json, '{\"batchItemFailures\":[]}'"
  })
  void fileDrop_createdObjectHoweverTold_isImportedToItsLastRow(String name, String answer)
      throws IOException {
    String key = name.contains("eventbridge") ? BRIDGED : NOTIFIED;
    bed.put(key);

    JsonNode response = call(new ObjectCreatedHandler(bed.application), event(name));
    bed.plant.runQueues();

    assertThat(response).isEqualTo(HandlersBed.JSON.readTree(answer));
    assertThat(bed.imports())
        .singleElement()
        .satisfies(done -> {
          assertThat(done.key()).isEqualTo(key);
          assertThat(done.state()).isEqualTo(Import.State.ACCEPTED);
        });
    assertThat(bed.invitation(2).state()).isEqualTo(InvitationState.SENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-removed.json", "s3-test.json", "sns-s3-test.json"})
  void fileDrop_nothingCreated_changesNothing(String name) throws IOException {
    bed.put("welcome/incoming/old.csv");

    assertThat(call(new ObjectCreatedHandler(bed.application), event(name)).isNull()).isTrue();
    assertThat(bed.imports()).isEmpty();
  }

  @Test
  void fileDrop_otherBucketOnTheQueue_asksForThatMessageAgainAlone() throws IOException {
    bed.put(BRIDGED);

    JsonNode response =
        call(new ObjectCreatedHandler(bed.application), event("sqs-eventbridge-other-bucket.json"));

    assertThat(response.path("batchItemFailures").findValuesAsText("itemIdentifier"))
        .containsExactly("059f36b4-87a3-44ab-83d2-661975912000");
    assertThat(bed.imports()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scheduled.json", "schedule-scheduler.json"})
  void sweep_scheduleOfEitherService_wakesWaitingImports(String name) throws IOException {
    bed.put(NOTIFIED);
    call(new DeadLetterHandler(bed.application), event("sqs-s3.json"));
    bed.plant.clock.advance(Duration.ofMinutes(4));

    assertThat(call(new SweepHandler(bed.application), event(name)).isNull()).isTrue();
    bed.plant.runQueues();

    assertThat(bed.imports()).extracting(Import::state).containsExactly(Import.State.ACCEPTED);
  }
}
