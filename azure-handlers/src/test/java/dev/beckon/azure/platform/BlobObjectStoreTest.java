package dev.beckon.azure.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClient;
import dev.beckon.azure.SharedAzurite;
import dev.beckon.bed.CuttingProxy;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectStoreContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlobObjectStoreTest extends ObjectStoreContract {
  private final String name = "files-" + UUID.randomUUID();
  private BlobContainerClient container;

  private static BlobContainerClient container(int port, String name) {
    return AzureClients.of(SharedAzurite.get().connectionString())
        .container(URI.create("http://127.0.0.1:" + port + "/devstoreaccount1/" + name));
  }

  @BeforeEach
  void createContainer() {
    container = container(SharedAzurite.get().blobEndpoint().getPort(), name);
    container.create();
  }

  @Override
  protected ObjectStore store() {
    return new BlobObjectStore(container);
  }

  private CuttingProxy cutting(LongSupplier allowed) throws IOException {
    return new CuttingProxy(SharedAzurite.get().blobEndpoint().getPort(), allowed);
  }

  private InputStream openThrough(CuttingProxy proxy) {
    return new BlobObjectStore(container(proxy.port(), name)).read("k").orElseThrow();
  }

  @Test
  void read_connectionCutAgainAndAgain_givesEveryByteOnce() throws IOException {
    byte[] bytes = noise(9_000_000);
    store().write("k", bytes);
    try (CuttingProxy proxy = cutting(() -> 1_500_000);
        InputStream in = openThrough(proxy)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
      assertThat(proxy.connections()).isGreaterThan(5);
    }
  }

  @Test
  void read_noProgressAnyMore_givesUpAndSaysWhere() throws IOException {
    store().write("k", noise(9_000_000));
    AtomicInteger count = new AtomicInteger();
    try (CuttingProxy proxy = cutting(() -> count.getAndIncrement() == 0 ? 5_000_000 : 2_000);
        InputStream in = openThrough(proxy)) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("object k", "cannot be read on at byte");
      assertThat(proxy.connections()).isLessThan(60);
    }
  }

  @Test
  void read_objectReplacedMeanwhile_failsInsteadOfMixing() throws IOException {
    store().write("k", noise(9_000_000));
    try (InputStream in = store().read("k").orElseThrow()) {
      in.skipNBytes(1_000);
      store().write("k", new byte[9_000_000]);
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("replaced or removed");
    }
  }

  @Test
  void read_objectDeletedMeanwhile_failsInsteadOfEnding() throws IOException {
    store().write("k", noise(9_000_000));
    try (InputStream in = store().read("k").orElseThrow()) {
      in.skipNBytes(1_000);
      store().delete("k");
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("replaced or removed");
    }
  }

  @Test
  void read_closed_isClosed() throws IOException {
    store().write("k", noise(9_000_000));
    InputStream in = store().read("k").orElseThrow();
    assertThat(in.read()).isNotNegative();
    in.close();
    in.close();
    assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("closed");
  }

  @Test
  void everything_containerNotThere_failsInsteadOfFindingNothing() {
    ObjectStore gone =
        new BlobObjectStore(
            container(SharedAzurite.get().blobEndpoint().getPort(), "no-such-container"));

    assertThatThrownBy(() -> gone.read("k")).hasMessageContaining("ContainerNotFound");
    assertThatThrownBy(() -> gone.list("", "", 1)).hasMessageContaining("ContainerNotFound");
    assertThatThrownBy(() -> gone.write("k", new byte[1]))
        .hasMessageContaining("ContainerNotFound");
  }

  @Test
  void info_accountSilent_failsInBoundedTime() {
    try (SilentServer silent = new SilentServer()) {
      ObjectStore store =
          new BlobObjectStore(
              AzureClients.of(SharedAzurite.get().connectionString(), Duration.ofSeconds(1))
                  .container(silent.address("/devstoreaccount1/files")));
      Instant start = Instant.now();

      assertThatThrownBy(() -> store.info("k")).isInstanceOf(RuntimeException.class);
      assertThatThrownBy(() -> store.write("k", new byte[9])).isInstanceOf(RuntimeException.class);

      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(40));
    }
  }

  @Test
  void writer_blockFails_leavesTheOldObject() throws IOException {
    store().write("k", noise(10));
    try (CuttingProxy proxy = cutting(() -> 1_000)) {
      OutputStream out = new BlobObjectStore(container(proxy.port(), name)).writer("k");
      out.write(noise(9 * 1024 * 1024)); // one block is there
      proxy.close();

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 3; i++) {
                  out.write(noise(9 * 1024 * 1024));
                }
                out.close();
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("object k");
      out.close();
    }

    assertThat(content("k")).isEqualTo(noise(10));
  }

  @Test
  void writer_twoOfOneBlob_neverMixTheirBlocks() throws IOException {
    byte[] one = noise(9 * 1024 * 1024);
    byte[] two = noise(9 * 1024 * 1024 + 1);
    OutputStream first = store().writer("k");
    OutputStream second = store().writer("k");
    first.write(one);
    second.write(two);
    first.close();
    assertThat(content("k")).isEqualTo(one);

    // the service drops the blocks of everybody else at a commit
    assertThatThrownBy(second::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("object k was not stored");
    assertThat(content("k")).isEqualTo(one);
  }

  @Test
  void move_largeObject_isCopiedByTheServer() throws IOException {
    byte[] bytes = noise(20_000_000);
    store().write("from a+b", bytes);
    store().move("from a+b", "to/żółć");

    assertThat(content("to/żółć")).isEqualTo(bytes);
    assertThat(store().info("from a+b")).isEmpty();
  }

  @Test
  void list_moreThanAPageOfTheService_comesWhole() {
    for (int i = 0; i < 25; i++) {
      store().write(String.format("f/%03d", i), new byte[1]);
    }

    assertThat(store().list("f/", "f/009", 10))
        .extracting(ObjectStore.Listed::key)
        .hasSize(10)
        .startsWith("f/010")
        .endsWith("f/019");
    assertThat(store().list("f/", "f/0095", 3))
        .extracting(ObjectStore.Listed::key)
        .containsExactly("f/010", "f/011", "f/012");
  }
}
