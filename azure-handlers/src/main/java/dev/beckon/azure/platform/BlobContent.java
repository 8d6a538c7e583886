package dev.beckon.azure.platform;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A blob as the SDK reads it: a few MiB a call, each call of the same version (If-Match) and
 * repeated where its connection breaks. What ends it is told with the blob's key. Not thread-safe.
 */
final class BlobContent extends InputStream {
  private final InputStream in;
  private final String key;
  private long offset;
  private boolean closed;

  BlobContent(InputStream in, String key) {
    this.in = in;
    this.key = key;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, bytes.length);
    if (closed) {
      throw new IOException("the stream of " + key + " is closed");
    }
    if (length == 0) {
      return 0;
    }
    try {
      int n = in.read(bytes, start, length);
      offset += Math.max(n, 0);
      return n;
    } catch (IOException | RuntimeException e) {
      int status = AzureErrors.status(e);
      throw new IOException(
          status == 412 || status == 404
              ? "object " + key + " was replaced or removed while being read"
              : "object " + key + " cannot be read on at byte " + offset,
          e);
    }
  }

  @Override
  public int available() throws IOException {
    return closed ? 0 : in.available();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      in.close();
    }
  }
}
