package dev.beckon.aws;

import static dev.beckon.aws.HandlersBed.call;
import static dev.beckon.aws.HandlersBed.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.beckon.app.UnknownEventException;
import dev.beckon.bed.MongoHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A trigger wired to the wrong function fails with what was expected; it never seems to work. */
class WrongEventsTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  /** What each handler says it expects, and the fixtures that are not that. */
  private static final Map<String, String> EXPECTED =
      Map.of(
          "file-drop", "expected an S3 notification",
          "chunk", "expected messages of SQS",
          "dispatch", "expected messages of SQS",
          "dead-letter", "expected messages of SQS",
          "sweep", "expected EventBridge's 'Scheduled Event'",
          "http", "expected a request of an HTTP API or a function URL");

  private static final List<String> EVENTS =
      List.of(
          "s3-put.json",
          "sns-s3.json",
          "eventbridge-created.json",
          "scheduled.json",
          "schedule-scheduler.json",
          "sqs-orders.json",
          "http-api.json",
          "function-url.json",
          "rest-api-v1.json",
          "console-test.json");

  static Stream<Arguments> wrong() {
    List<Arguments> wrong = new ArrayList<>();
    EXPECTED
        .keySet()
        .forEach(handler ->
            EVENTS.forEach(event -> {
              if (!serves(handler, event)) {
                wrong.add(Arguments.of(handler, event));
              }
            }));
    return wrong.stream();
  }

  private static boolean serves(String handler, String event) {
    return switch (handler) {
      case "file-drop" -> event.matches("(s3|sns|eventbridge|sqs).*");
      case "sweep" -> event.startsWith("schedule");
      case "http" -> event.startsWith("http") || event.startsWith("function");
      default -> event.startsWith("sqs");
    };
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void handler_eventOfAnotherKind_saysWhatItExpectedAndNoContent(String handler, String name)
      throws IOException {
    try (HandlersBed bed = new HandlersBed(MONGO)) {
      String event = event(name);

      assertThatThrownBy(() -> invoke(bed, handler, event))
          .isInstanceOf(UnknownEventException.class)
          .hasMessageContainingAll(EXPECTED.get(handler), "; found ")
          .hasMessageNotContainingAny(
              "welcome", "beckon-drop", "123456789012", "192.0.2.1", "value1", "amazonaws");
      assertThat(bed.imports()).isEmpty();
      assertThat(bed.eventCodes()).containsExactly("account-configured");
    }
  }

  @Test
  void fileDrop_otherBucket_isRefusedByName() throws IOException {
    try (HandlersBed bed = new HandlersBed(MONGO)) {
      String event = event("s3-other-bucket.json");

      assertThatThrownBy(() -> invoke(bed, "file-drop", event))
          .isInstanceOf(UnknownEventException.class)
          .hasMessage(
              "expected objects of the bucket beckon-drop; found one of the bucket"
                  + " 'somebody-elses': remove its trigger");
      assertThat(bed.imports()).isEmpty();
    }
  }

  private static void invoke(HandlersBed bed, String handler, String event) throws IOException {
    switch (handler) {
      case "file-drop" -> stream(new ObjectCreatedHandler(bed.application), event);
      case "chunk" -> queue(new ChunkHandler(bed.application), event);
      case "dispatch" -> queue(new DispatchHandler(bed.application), event);
      case "dead-letter" -> queue(new DeadLetterHandler(bed.application), event);
      case "sweep" -> stream(new SweepHandler(bed.application), event);
      default -> stream(new HttpDoorHandler(bed.application), event);
    }
  }

  private static void stream(RequestStreamHandler handler, String event) throws IOException {
    call(handler, event);
  }

  private static void queue(RequestHandler<SQSEvent, SQSBatchResponse> handler, String event)
      throws IOException {
    call(handler, event);
  }
}
