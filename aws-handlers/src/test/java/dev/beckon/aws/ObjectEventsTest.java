package dev.beckon.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.app.Delivery;
import dev.beckon.app.UnknownEventException;
import dev.beckon.s3.S3Notifications;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final S3Notifications OURS = new S3Notifications("beckon-drop");
  private static final String ENCODED = "welcome/incoming/Zażółć list 1+2 (final).csv";
  private static final String BIG = "welcome/incoming/big.csv.gz";
  private static final String PLAIN = "welcome/incoming/a b+c%20ü.csv";
  private static final String ID = "059f36b4-87a3-44ab-83d2-6619759110";

  private static JsonNode event(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ObjectEventsTest.class.getResourceAsStream("/events/" + name))) {
      return JSON.readTree(in);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-put.json", "sns-s3.json", "sqs-sns-s3.json"})
  void decode_s3NotificationHoweverWrapped_givesCreatedKeysDecoded(String name) throws IOException {
    ObjectEvents events = ObjectEvents.decode(event(name), OURS);

    assertThat(events.keys()).containsExactly(ENCODED, BIG);
    assertThat(events.hints()).isEmpty();
    assertThat(events.rejected()).isEmpty();
    assertThat(events.fromQueue()).isEqualTo(name.startsWith("sqs"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-put.json", "sns-s3.json"})
  void keysIn_bodyOfAQueueMessage_givesCreatedKeys(String name) throws IOException {
    assertThat(OURS.keysIn(event(name).toString())).containsExactly(ENCODED, BIG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"parcel/a.0.0", "", "{", "{\"x\":1}", "[]", "{\"Event\":\"s3:TestEvent\"}"})
  void keysIn_anythingElse_givesNone(String body) {
    assertThat(OURS.keysIn(body)).isEmpty();
  }

  @Test
  void decode_eventBridge_keyIsNotDecodedAgain() throws IOException {
    assertThat(ObjectEvents.decode(event("eventbridge-created.json"), OURS).keys())
        .containsExactly(PLAIN);
  }

  @Test
  void decode_eventBridgeOfADeletion_isIgnored() throws IOException {
    ObjectNode deleted = (ObjectNode) event("eventbridge-created.json");
    deleted.put("detail-type", "Object Deleted");

    assertThat(ObjectEvents.decode(deleted, OURS).keys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-test.json", "sns-s3-test.json"})
  void decode_testEvent_isAcknowledged(String name) throws IOException {
    ObjectEvents events = ObjectEvents.decode(event(name), OURS);

    assertThat(events.keys()).isEmpty();
    assertThat(events.rejected()).isEmpty();
  }

  @Test
  void decode_queueOfMixedMessages_judgesEachAlone() throws IOException {
    ObjectEvents events = ObjectEvents.decode(event("sqs-mixed.json"), OURS);

    assertThat(events.fromQueue()).isTrue();
    assertThat(events.keys()).containsExactly(ENCODED, BIG, PLAIN);
    assertThat(events.hints())
        .containsExactly(
            new Delivery(ID + "02", "import:welcome"),
            new Delivery(ID + "06", "[\"not\",\"an\",\"object\"]"),
            new Delivery(ID + "07", "{broken"));
    assertThat(events.rejected()).containsExactly(ID + "04");
  }

  @Test
  void response_fromQueue_namesTheFailedAlone() throws IOException {
    assertThat(ObjectEvents.decode(event("sqs-mixed.json"), OURS).response(List.of("m1", "m2")))
        .isEqualTo(
            JSON.readTree(
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"},{\"itemIdentifier\":\"m2\"}]}"));
    assertThat(ObjectEvents.decode(event("s3-put.json"), OURS).response(List.of()).isNull())
        .isTrue();
  }

  @Test
  void decode_scheduledEvent_isRejectedByFieldNamesAlone() throws IOException {
    JsonNode scheduled = event("scheduled.json");

    assertThatThrownBy(() -> ObjectEvents.decode(scheduled, OURS))
        .isInstanceOf(UnknownEventException.class)
        .hasMessageContainingAll("expected an S3 notification", "detail-type", "resources")
        .hasMessageNotContainingAny("Scheduled Event", "123456789012", "aws.events");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "[]",
        "{}",
        "\"text\"",
        "{\"Records\":{}}",
        "{\"Records\":[{\"eventSource\":\"aws:kinesis\"}]}",
        "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\"}]}",
        "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\","
            + "\"s3\":{\"object\":{\"key\":\"%zz\"}}}]}",
        "{\"Type\":\"Notification\",\"Message\":\"hello\"}",
        "{\"source\":\"aws.s3\",\"detail-type\":\"Object Created\",\"detail\":{}}"
      })
  void decode_otherShapes_areRejected(String json) throws IOException {
    JsonNode event = JSON.readTree(json);

    assertThatThrownBy(() -> ObjectEvents.decode(event, OURS))
        .isInstanceOf(UnknownEventException.class);
  }

  @Test
  void decode_wrappedTooDeep_isRejected() {
    String message = "{\"Event\":\"s3:TestEvent\"}";
    for (int i = 0; i < 5; i++) {
      message =
          JSON.createObjectNode().put("Type", "Notification").put("Message", message).toString();
    }
    JsonNode deep = JSON.createObjectNode().put("Type", "Notification").put("Message", message);

    assertThatThrownBy(() -> ObjectEvents.decode(deep, OURS))
        .isInstanceOf(UnknownEventException.class);
  }

  @Test
  void decode_aThousandDamagedEvents_decodesOrRejectsClearly() throws IOException {
    Random random = new Random(20261120);
    String[] names = {
      "s3-put.json",
      "eventbridge-created.json",
      "sns-s3.json",
      "sqs-sns-s3.json",
      "sqs-mixed.json",
      "s3-test.json"
    };
    int rejected = 0;
    for (int i = 0; i < 1_000; i++) {
      JsonNode event = event(names[i % names.length]);
      for (int cuts = 1 + random.nextInt(4); cuts > 0; cuts--) {
        damage(event, random);
      }
      try {
        ObjectEvents events = ObjectEvents.decode(event, OURS);
        assertThat(events.keys()).doesNotContainNull().doesNotContain("");
      } catch (UnknownEventException e) {
        rejected++;
        assertThat(e.getMessage()).doesNotContain("list", "111122223333").hasSizeLessThan(6_000);
      }
    }
    assertThat(rejected).isBetween(50, 950);
  }

  /** Replaces, removes or mangles one place anywhere in the tree. */
  private static void damage(JsonNode root, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode place = containers.get(random.nextInt(containers.size()));
    if (place.isEmpty()) {
      return;
    }
    int at = random.nextInt(place.size());
    if (place instanceof ArrayNode array) {
      array.set(at, odd(array.get(at), random));
    } else if (place instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(at);
      if (random.nextInt(3) == 0) {
        object.remove(name);
      } else {
        object.set(name, odd(object.get(name), random));
      }
    }
  }

  private static JsonNode odd(JsonNode old, Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.getNodeFactory().numberNode(random.nextLong());
      case 2 -> JSON.createArrayNode();
      case 3 -> JSON.createObjectNode().set("eventSource", old);
      case 4 -> JSON.getNodeFactory().textNode("%" + old.asText() + "\u0000\uD800");
      case 5 -> {
        String text = old.asText();
        yield JSON.getNodeFactory().textNode(text.substring(0, text.length() / 2));
      }
      default -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
    };
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }
}
