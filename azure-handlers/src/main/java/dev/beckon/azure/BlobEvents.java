package dev.beckon.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.app.UnknownEventException;
import dev.beckon.privacy.Scrubber;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Events of Azure's Event Grid about files in a container, in <a
 * href="https://learn.microsoft.com/en-us/azure/event-grid/event-schema-blob-storage">its own
 * schema</a> or as CloudEvents 1.0.
 */
final class BlobEvents {
  private static final String EXPECTED =
      "Event Grid's 'Microsoft.Storage.BlobCreated', or a hint on the files queue";

  private static final String CREATED = "Microsoft.Storage.BlobCreated";
  private static final String CONTAINERS = "/blobServices/default/containers/";
  private static final String BLOBS = "/blobs/";
  private static final String ACCOUNTS = "/storageAccounts/";

  /**
   * Calls that make an empty file on accounts with a hierarchical namespace or SFTP; its content
   * follows, and another event when it is closed.
   */
  private static final Set<String> OPENED = Set.of("CreateFile", "SftpCreate");

  private BlobEvents() {}

  /**
   * The key of the created file that an event tells of; none when it is still being written.
   *
   * @param container the address of the one whose files count
   * @throws UnknownEventException when the event is of another kind, account or container
   */
  static List<String> keys(JsonNode event, String container) {
    boolean cloudEvent = "1.0".equals(event.path("specversion").textValue());
    String type = event.path(cloudEvent ? "type" : "eventType").textValue();
    String subject = event.path("subject").textValue();
    if (!CREATED.equals(type) || subject == null || !subject.startsWith(CONTAINERS)) {
      throw new UnknownEventException(EXPECTED, event);
    }
    URI ours = URI.create(container);
    requireOurs("account", account(ours), after(ACCOUNTS, event, cloudEvent), container);
    int blob = subject.indexOf(BLOBS, CONTAINERS.length());
    if (blob < 0 || blob + BLOBS.length() == subject.length()) {
      throw new UnknownEventException(EXPECTED, event);
    }
    requireOurs("container", name(ours), subject.substring(CONTAINERS.length(), blob), container);
    return OPENED.contains(event.path("data").path("api").asText())
        ? List.of()
        // unlike the address in the data, the subject holds the name as it is
        : List.of(subject.substring(blob + BLOBS.length()));
  }

  private static void requireOurs(String what, String ours, String told, String container) {
    if (!ours.equals(told)) {
      throw new UnknownEventException(
          "files of " + container,
          "one of the " + what + " '" + Scrubber.scrub(told) + "': remove its event subscription");
    }
  }

  /** The account that raised the event, as the last part of its resource's id. */
  private static String after(String marker, JsonNode event, boolean cloudEvent) {
    String resource = event.path(cloudEvent ? "source" : "topic").asText("");
    int at = resource.lastIndexOf(marker);
    return at < 0 ? "" : resource.substring(at + marker.length());
  }

  private static String name(URI container) {
    String path = container.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The first part of the host's name; at an emulator, the first part of the path. */
  private static String account(URI container) {
    String path = container.getPath().substring(1);
    return path.indexOf('/') > 0
        ? path.substring(0, path.indexOf('/'))
        : container.getHost().substring(0, container.getHost().indexOf('.'));
  }
}
