package dev.beckon.azure.platform;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.beckon.filedrop.PartedOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Writes one blob in blocks of 8 MiB. Blocks never committed are seen by nobody, and the service
 * drops them after a week. Not thread-safe.
 */
final class BlockOutputStream extends PartedOutputStream {
  /** Bytes. */
  private static final int BLOCK = 8 * 1024 * 1024;

  /** The service's limit; blocks of 8 MiB make 390 GiB of it. */
  private static final int MOST_BLOCKS = 50_000;

  private final BlockBlobClient client;

  /** Of this writer: blocks of another one of the same blob have other names. */
  private final long writer = new SecureRandom().nextLong();

  private final List<String> blocks = new ArrayList<>();

  BlockOutputStream(BlockBlobClient client, String key) {
    super(key, BLOCK, MOST_BLOCKS);
    this.client = client;
  }

  @Override
  protected void storeWhole(byte[] bytes, int length) {
    client.upload(content(bytes, length), true);
  }

  @Override
  protected void storePart(int number, byte[] bytes, int length) {
    byte[] name = ByteBuffer.allocate(12).putLong(writer).putInt(number).array();
    String id = Base64.getEncoder().encodeToString(name);
    client.stageBlock(id, content(bytes, length));
    blocks.add(id);
  }

  @Override
  protected void join() {
    client.commitBlockList(blocks, true);
  }

  private static BinaryData content(byte[] bytes, int length) {
    return BinaryData.fromByteBuffer(ByteBuffer.wrap(bytes, 0, length));
  }
}
