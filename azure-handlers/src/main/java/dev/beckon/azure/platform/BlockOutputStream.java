package dev.beckon.azure.platform;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Writes one blob in blocks of 8 MiB, or in one put when it is no larger; memory stays at one
 * block. The blob appears at {@link #close()}. Blocks never committed are seen by nobody, and the
 * service drops them after a week. Not thread-safe.
 */
final class BlockOutputStream extends OutputStream {
  /** Bytes. */
  private static final int BLOCK = 8 * 1024 * 1024;

  private static final int FIRST_BUFFER = 64 * 1024;

  /** The service's limit; blocks of 8 MiB make 390 GiB of it. */
  private static final int MOST_BLOCKS = 50_000;

  private final BlockBlobClient client;
  private final String key;

  /** Of this writer: blocks of another one of the same blob have other names. */
  private final long writer = new SecureRandom().nextLong();

  private final List<String> blocks = new ArrayList<>();
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int filled;
  private boolean failed;
  private boolean closed;

  BlockOutputStream(BlockBlobClient client, String key) {
    this.client = client;
    this.key = key;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, bytes.length);
    if (closed || failed) {
      throw new IOException("the writer of " + key + (closed ? " is closed" : " has failed"));
    }
    int from = start;
    int left = length;
    while (left > 0) {
      if (filled == BLOCK) {
        stage();
      }
      int n = Math.min(left, BLOCK - filled);
      if (filled + n > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.min(BLOCK, Math.max(2 * buffer.length, filled + n)));
      }
      System.arraycopy(bytes, from, buffer, filled, n);
      filled += n;
      from += n;
      left -= n;
    }
  }

  private void stage() throws IOException {
    int number = blocks.size() + 1;
    if (number > MOST_BLOCKS) {
      failed = true;
      throw new IOException("object " + key + " has more than " + MOST_BLOCKS + " blocks");
    }
    byte[] name = ByteBuffer.allocate(12).putLong(writer).putInt(number).array();
    String id = Base64.getEncoder().encodeToString(name);
    try {
      client.stageBlock(id, content());
    } catch (RuntimeException e) {
      failed = true;
      throw new IOException("block " + number + " of object " + key + " was not stored", e);
    }
    blocks.add(id);
    filled = 0;
  }

  private BinaryData content() {
    return BinaryData.fromByteBuffer(ByteBuffer.wrap(buffer, 0, filled));
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!failed) {
        finish();
      }
    } finally {
      buffer = new byte[0];
    }
  }

  private void finish() throws IOException {
    try {
      if (blocks.isEmpty()) {
        client.upload(content(), true);
      } else {
        stage();
        client.commitBlockList(blocks, true);
      }
    } catch (RuntimeException e) {
      throw new IOException("object " + key + " was not stored", e);
    }
  }
}
