package dev.beckon.local.functions;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobStorageException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What the host remembers of a timer, in UTC.
 *
 * @param last when it went off last
 * @param next when it is due
 */
record TimerStatus(LocalDateTime last, LocalDateTime next) {
  /** Before a timer ever went off. */
  static final LocalDateTime NEVER = LocalDateTime.of(1, 1, 1, 0, 0);

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** As functions and the status file have it. */
  JsonNode json() {
    return JSON.createObjectNode()
        .put("Last", last + "Z")
        .put("LastUpdated", last + "Z")
        .put("Next", next + "Z");
  }

  /** Where statuses are kept from one start of the host to the next. */
  record Store(BlobContainerClient container) {

    Optional<TimerStatus> read(String function) {
      try {
        JsonNode json =
            JSON.readTree(container.getBlobClient(key(function)).downloadContent().toBytes());
        return Optional.of(new TimerStatus(time(json, "Last"), time(json, "Next")));
      } catch (BlobStorageException e) {
        if (e.getStatusCode() == 404) {
          return Optional.empty();
        }
        throw e;
      } catch (IOException e) {
        throw new UncheckedIOException("the status of the timer " + function + " is damaged", e);
      }
    }

    void write(String function, TimerStatus status) {
      container.createIfNotExists();
      container
          .getBlobClient(key(function))
          .upload(BinaryData.fromString(status.json().toString()), true);
    }

    private static String key(String function) {
      return "timers/local/" + function + "/status";
    }

    private static LocalDateTime time(JsonNode json, String name) {
      return LocalDateTime.parse(json.path(name).asText().replace("Z", ""));
    }
  }
}
