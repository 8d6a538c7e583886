package dev.beckon.azure.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.azure.SharedAzurite;
import dev.beckon.azurite.Azurite;
import dev.beckon.azurite.AzuriteOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeBlobTest {
  /** MiB; twice the heap tells as much as 2048, which takes minutes and is run by hand. */
  private static final int SIZE = Integer.getInteger("beckon.test.blob", 160);

  @TempDir Path folder;

  @Test
  void blob_manyTimesLargerThanTheHeap_isWrittenMovedAndReadWhole() throws Exception {
    try (Azurite azurite = SharedAzurite.start(AzuriteOptions.standard().keptIn(folder))) {
      URI container = URI.create(azurite.blobEndpoint() + "/files");
      AzureClients.of(azurite.connectionString()).container(container).create();
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx80m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LargeBlob.class.getName(),
                  azurite.connectionString(),
                  container.toString(),
                  Integer.toString(SIZE))
              .redirectErrorStream(true)
              .start();

      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said).contains("bytes=" + SIZE * 1024L * 1024 + " same=true");
    }
  }
}
