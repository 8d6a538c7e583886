package dev.beckon.azure;

import static dev.beckon.azure.AzureFunctionsTest.CONTAINER;
import static dev.beckon.azure.AzureFunctionsTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.app.Delivery;
import dev.beckon.app.UnknownEventException;
import java.io.IOException;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "welcome/incoming/Zażółć list 1+2%20 (final).csv";

  private final FileMessages messages = new FileMessages(CONTAINER);

  @ParameterizedTest
  @ValueSource(strings = {"blob-created.json", "blob-created-cloudevent.json"})
  void decode_createdInEitherSchema_keyIsTheSubjectAsItIs(String name) {
    FileMessages.Told told = messages.decode(new Delivery("1", event(name).toString()));

    assertThat(told.keys()).containsExactly(KEY);
    assertThat(told.hints()).isEmpty();
    assertThat(messages.keysIn(event(name).toString())).containsExactly(KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "PutBlob, 1",
    "PutBlockList, 1",
    "CopyBlob, 1",
    "FlushWithClose, 1",
    "SftpCommit, 1",
    "SomethingNew, 1",
    "CreateFile, 0",
    "SftpCreate, 0"
  })
  void decode_fileStillBeingWritten_isNotYetAFile(String api, int keys) {
    ObjectNode event = event("blob-created.json");
    ((ObjectNode) event.path("data")).put("api", api);

    FileMessages.Told told = messages.decode(new Delivery("1", event.toString()));

    assertThat(told.keys()).hasSize(keys);
    assertThat(told.isNothing()).isEqualTo(keys == 0);
  }

  @Test
  void decode_keyWithTheWordBlobsInIt_isWhole() {
    String key = "welcome/blobs/incoming/containers/a.csv";
    ObjectNode event =
        event("blob-created.json")
            .put("subject", "/blobServices/default/containers/beckon-files/blobs/" + key);

    assertThat(messages.keysIn(event.toString())).containsExactly(key);
  }

  @Test
  void decode_emulatorsContainer_accountIsInThePath() {
    FileMessages local =
        new FileMessages(URI.create("http://127.0.0.1:10000/devstoreaccount1/beckon-files"));
    ObjectNode event =
        event("blob-created.json").put("topic", "/x/storageAccounts/devstoreaccount1");

    assertThat(local.keysIn(event.toString())).containsExactly(KEY);
  }

  @Test
  void decode_otherContainer_isRefusedByName() {
    ObjectNode event =
        event("blob-created.json")
            .put("subject", "/blobServices/default/containers/somebody-elses/blobs/a.csv");

    assertThatThrownBy(() -> messages.decode(new Delivery("1", event.toString())))
        .isInstanceOf(UnknownEventException.class)
        .hasMessage(
            "expected files of https://beckondev.blob.core.windows.net/beckon-files; found one of"
                + " the container 'somebody-elses': remove its event subscription");
    assertThat(messages.keysIn(event.toString())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"blob-created.json", "blob-created-cloudevent.json"})
  void decode_otherAccount_isRefusedByName(String name) {
    ObjectNode event = event(name);
    event.put(event.has("topic") ? "topic" : "source", "/x/storageAccounts/another");

    assertThatThrownBy(() -> messages.decode(new Delivery("1", event.toString())))
        .isInstanceOf(UnknownEventException.class)
        .hasMessageContaining("one of the account 'another'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"eventType\":\"Microsoft.Storage.BlobDeleted\",\"subject\":\"/blobServices/default/containers/beckon-files/blobs/a\"}",
        "{\"eventType\":\"Microsoft.Storage.BlobCreated\"}",
        "{\"eventType\":\"Microsoft.Storage.BlobCreated\",\"subject\":\"/blobServices/default/containers/beckon-files\"}",
        "{\"eventType\":\"Microsoft.Storage.BlobCreated\",\"subject\":\"/blobServices/default/containers/beckon-files/blobs/\"}",
        "{\"specversion\":\"1.0\",\"eventType\":\"Microsoft.Storage.BlobCreated\"}",
        "{\"Records\":[]}"
      })
  void decode_otherEvents_areRefusedByFieldNamesAlone(String json) {
    assertThatThrownBy(() -> messages.decode(new Delivery("1", json)))
        .isInstanceOf(UnknownEventException.class)
        .hasMessageContaining("expected Event Grid's 'Microsoft.Storage.BlobCreated'")
        .hasMessageNotContainingAny("BlobDeleted", "/blobServices");
  }

  @ParameterizedTest
  @ValueSource(strings = {"import/welcome", "", "{", "7", "[]", "[{\"eventType\":1}]", "null"})
  void decode_noObject_isAHint(String body) {
    Delivery delivery = new Delivery("1", body);

    assertThat(messages.decode(delivery).hints()).containsExactly(delivery);
    assertThat(messages.keysIn(body)).isEmpty();
  }

  @Test
  void decode_placeInS3_readsItsNotificationsAlone() throws IOException {
    FileMessages s3 = new FileMessages(URI.create("s3://beckon-drop?region=eu-west-1"));
    JsonNode notification =
        JSON.readTree(
            """
            {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
              "s3": {"bucket": {"name": "beckon-drop"}, "object": {"key": "welcome/incoming/a+b%2Bc.csv"}}}]}
            """);

    assertThat(s3.keysIn(notification.toString())).containsExactly("welcome/incoming/a b+c.csv");
    assertThatThrownBy(() -> s3.decode(new Delivery("1", event("blob-created.json").toString())))
        .isInstanceOf(UnknownEventException.class);
    assertThatThrownBy(() -> messages.decode(new Delivery("1", notification.toString())))
        .isInstanceOf(UnknownEventException.class);
  }

  @Test
  void decode_aThousandDamagedEvents_decodesOrRefusesClearly() {
    Random random = new Random(20261121);
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      String whole =
          event(i % 2 == 0 ? "blob-created.json" : "blob-created-cloudevent.json").toString();
      int at = random.nextInt(whole.length());
      int more = random.nextInt(12);
      String damaged =
          whole.substring(0, at)
              + (char) (' ' + random.nextInt(95))
              + whole.substring(Math.min(whole.length(), at + more));
      try {
        FileMessages.Told told = messages.decode(new Delivery("1", damaged));
        assertThat(told.keys()).doesNotContainNull().doesNotContain("");
      } catch (UnknownEventException e) {
        refused++;
        assertThat(e.getMessage()).doesNotContain("final", "b68529f3").hasSizeLessThan(2_000);
      }
    }
    assertThat(refused).isBetween(50, 950);
  }
}
