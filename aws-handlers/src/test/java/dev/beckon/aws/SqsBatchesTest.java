package dev.beckon.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.app.Delivery;
import dev.beckon.app.UnknownEventException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqsBatchesTest {
  private static final String ID = "059f36b4-87a3-44ab-83d2-6619759110";

  @Test
  void deliveries_eventAsTheRuntimeReadsIt_keepIdAndBody() throws IOException {
    try (InputStream in = SqsBatchesTest.class.getResourceAsStream("/events/sqs-parcels.json")) {
      SQSEvent event =
          LambdaEventSerializers.serializerFor(
                  SQSEvent.class, SqsBatchesTest.class.getClassLoader())
              .fromJson(in);

      assertThat(SqsBatches.deliveries(event))
          .containsExactly(
              new Delivery(ID + "00", "parcel:a"),
              new Delivery(ID + "01", "parcel:b"),
              new Delivery(ID + "02", "parcel:ü"));
    }
  }

  @Test
  void deliveries_messageWithoutBody_isOneOfNobodys() {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(ID);
    message.setEventSource("aws:sqs");
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));

    assertThat(SqsBatches.deliveries(event)).containsExactly(new Delivery(ID, ""));
  }

  @Test
  void deliveries_emptyEvent_isRefused() {
    assertThatThrownBy(() -> SqsBatches.deliveries(new SQSEvent()))
        .isInstanceOf(UnknownEventException.class)
        .hasMessage("expected messages of SQS; found an event without records");
  }

  @Test
  void response_asTheRuntimeWritesIt_namesTheFailedAlone() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LambdaEventSerializers.serializerFor(
            SQSBatchResponse.class, SqsBatchesTest.class.getClassLoader())
        .toJson(SqsBatches.response(List.of("m2")), out);

    assertThat(new ObjectMapper().readTree(out.toByteArray()))
        .isEqualTo(
            new ObjectMapper().readTree("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}"));
  }
}
