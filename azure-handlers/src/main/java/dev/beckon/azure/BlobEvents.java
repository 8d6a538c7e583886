package dev.beckon.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.app.UnknownEventException;
import dev.beckon.privacy.Scrubber;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what Event Grid tells of files in a container, in <a
 * href="https://learn.microsoft.com/en-us/azure/event-grid/event-schema-blob-storage">its own
 * schema</a> or as CloudEvents 1.0. Immutable.
 */
final class BlobEvents {
  private static final String EXPECTED =
      "Event Grid's 'Microsoft.Storage.BlobCreated', or a hint on the files queue";

  private static final String CREATED = "Microsoft.Storage.BlobCreated";
  private static final String CONTAINERS = "/blobServices/default/containers/";
  private static final String BLOBS = "/blobs/";
  private static final String ACCOUNTS = "/storageaccounts/";

  /**
   * Calls that make an empty file on accounts with a hierarchical namespace or SFTP; its content
   * follows, and another event when it is closed.
   */
  private static final Set<String> OPENED = Set.of("CreateFile", "SftpCreate");

  private final URI address;
  private final String account;
  private final String container;

  /**
   * @param address of the container whose files count
   */
  BlobEvents(URI address) {
    this.address = address;
    String path = address.getPath();
    this.container = path.substring(path.lastIndexOf('/') + 1);
    // the first part of the host's name; at an emulator, of the path
    this.account =
        path.lastIndexOf('/') > 0
            ? path.substring(1, path.lastIndexOf('/'))
            : address.getHost().split("\\.", 2)[0];
  }

  /**
   * The key of the created file that an event tells of; none while it is still being written.
   *
   * @throws UnknownEventException when the event is of another kind, account or container
   */
  List<String> keys(JsonNode event) {
    boolean cloudEvent = "1.0".equals(event.path("specversion").textValue());
    String type = event.path(cloudEvent ? "type" : "eventType").textValue();
    String subject = event.path("subject").textValue();
    if (!CREATED.equals(type) || subject == null || !subject.startsWith(CONTAINERS)) {
      throw new UnknownEventException(EXPECTED, event);
    }
    int blob = subject.indexOf(BLOBS, CONTAINERS.length());
    if (blob < 0 || blob + BLOBS.length() == subject.length()) {
      throw new UnknownEventException(EXPECTED, event);
    }
    requireOurs("account", account, raisedBy(event.path(cloudEvent ? "source" : "topic")));
    requireOurs("container", container, subject.substring(CONTAINERS.length(), blob));
    return OPENED.contains(event.path("data").path("api").asText())
        ? List.of()
        // unlike the address in the data, the subject holds the name as it is
        : List.of(subject.substring(blob + BLOBS.length()));
  }

  private void requireOurs(String what, String ours, String told) {
    if (!ours.equals(told)) {
      throw new UnknownEventException(
          "files of " + address,
          "one of the " + what + " '" + Scrubber.scrub(told) + "': remove its event subscription");
    }
  }

  /** The account's name in a resource's id, whose other parts come in either case. */
  private static String raisedBy(JsonNode resource) {
    String id = resource.asText("");
    int at = id.toLowerCase(Locale.ROOT).lastIndexOf(ACCOUNTS);
    return at < 0 ? "" : id.substring(at + ACCOUNTS.length());
  }
}
