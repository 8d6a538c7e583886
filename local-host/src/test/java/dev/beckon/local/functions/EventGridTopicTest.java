package dev.beckon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.local.servers.NeedsAzurite;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NeedsAzurite.class)
class EventGridTopicTest {
  @RegisterExtension static final StorageExtension STORAGE = new StorageExtension();

  @Test
  void blobs_written_areToldOnlyWhereTheFilterTakesThem() throws Exception {
    STORAGE.queue("created");
    EventGridTopic.subscribe(
        STORAGE.azurite(),
        "created",
        new EventGridTopic.Filter("/blobServices/default/containers/drop/blobs/", "/incoming/"),
        Clock.systemUTC());
    BlobContainerClient drop = container("drop");

    container("other").getBlobClient("a/incoming/x.csv").upload(BinaryData.fromString("x"));
    drop.getBlobClient("a/processed/x.csv").upload(BinaryData.fromString("x"));
    drop.getBlobClient("a/incoming/ö + 1.csv").upload(BinaryData.fromString("x"));

    List<String> told =
        QueueRulesTest.until(() -> STORAGE.seen("created"), seen -> !seen.isEmpty());
    assertThat(told).hasSize(1);
    JsonNode event = new JsonMapper().readTree(Base64.getDecoder().decode(told.getFirst()));
    assertThat(event.path("eventType").asText()).isEqualTo("Microsoft.Storage.BlobCreated");
    assertThat(event.path("subject").asText())
        .isEqualTo("/blobServices/default/containers/drop/blobs/a/incoming/ö + 1.csv");
    assertThat(event.path("data").path("url").asText())
        .isEqualTo(STORAGE.azurite().blobEndpoint() + "/drop/a/incoming/%C3%B6%20%2B%201.csv");
    assertThat(event.path("data").path("api").asText()).isEqualTo("PutBlob");
  }

  private static BlobContainerClient container(String name) {
    BlobContainerClient container =
        new BlobServiceClientBuilder()
            .connectionString(STORAGE.azurite().connectionString())
            .httpClient(Connections.http())
            .serviceVersion(Connections.BLOBS)
            .buildClient()
            .getBlobContainerClient(name);
    container.createIfNotExists();
    return container;
  }
}
