package dev.beckon.azure.platform;

import dev.beckon.filedrop.ObjectStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Random;
import java.util.zip.CRC32C;

/** A process of little memory that writes a blob, moves it, and reads it back. */
final class LargeBlob {
  private static final int MEBIBYTE = 1024 * 1024;

  private LargeBlob() {}

  /**
   * @param args connection string, the container's address, MiB of the blob
   */
  public static void main(String[] args) throws Exception {
    ObjectStore store =
        new BlobObjectStore(AzureClients.of(args[0]).container(URI.create(args[1])));
    int megabytes = Integer.parseInt(args[2]);
    CRC32C written = new CRC32C();
    CRC32C read = new CRC32C();
    byte[] some = new byte[MEBIBYTE];
    new Random(3).nextBytes(some);
    long start = System.nanoTime();
    try (OutputStream out = store.writer("large")) {
      for (int i = 0; i < megabytes; i++) {
        some[0] = (byte) i;
        some[1] = (byte) (i >> 8);
        out.write(some);
        written.update(some);
      }
    }
    long stored = System.nanoTime();
    store.move("large", "moved");
    long moved = System.nanoTime();
    long bytes = 0;
    try (InputStream in = store.read("moved").orElseThrow()) {
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        read.update(some, 0, n);
        bytes += n;
      }
    }
    long end = System.nanoTime();
    System.out.printf(
        "bytes=%d same=%b heap=%d write=%.1fs move=%.1fs read=%.1fs%n",
        bytes,
        read.getValue() == written.getValue(),
        Runtime.getRuntime().maxMemory() / MEBIBYTE,
        (stored - start) / 1e9,
        (moved - stored) / 1e9,
        (end - moved) / 1e9);
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }
}
