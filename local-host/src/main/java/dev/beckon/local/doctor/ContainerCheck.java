package dev.beckon.local.doctor;

import com.azure.storage.blob.BlobContainerClient;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.check.Finding;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Whether files dropped on Azure are kept: in a container, or in a bucket of S3. */
final class ContainerCheck {
  private final AzurePlatform platform;
  private final String place;

  ContainerCheck(AzurePlatform platform, RuntimeConfig config) {
    this.platform = platform;
    this.place = config.text(ConfigKey.BUCKET);
  }

  List<Finding> run() throws IOException {
    Optional<BlobContainerClient> container = platform.container();
    if (container.isPresent() && !container.get().exists()) {
      return List.of(
          Finding.wrong(
              "there is no container " + container.get().getBlobContainerName(),
              "correct "
                  + ConfigKey.BUCKET.variable()
                  + ", or deploy again: ./beckon deploy azure"));
    }
    String name = container.map(BlobContainerClient::getBlobContainerName).orElse(place);
    return List.of(
        new ObjectsRoundTrip(platform.objects(), name).run(),
        Finding.unknown(
            "whether " + name + " tells of new files: its events are wired elsewhere",
            "a file that nobody told of is found within 15 minutes"));
  }
}
