package dev.beckon.filedrop;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes one object in parts of a fixed size, or in one go when it is no larger; memory stays at
 * one part. The object appears at {@link #close()}, and not at all after a failed write. Not
 * thread-safe.
 */
public abstract class PartedOutputStream extends OutputStream {
  private static final int FIRST_BUFFER = 64 * 1024;

  private final String key;
  private final int part;
  private final int mostParts;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int filled;
  private int sent;
  private boolean failed;
  private boolean closed;

  /**
   * @param part bytes of every part but the last
   * @param mostParts how many the store takes
   */
  protected PartedOutputStream(String key, int part, int mostParts) {
    this.key = key;
    this.part = part;
    this.mostParts = mostParts;
  }

  /** Stores an object that is no larger than a part. */
  protected abstract void storeWhole(byte[] bytes, int length);

  /**
   * Stores a part that nobody sees yet.
   *
   * @param number counted from 1
   */
  protected abstract void storePart(int number, byte[] bytes, int length);

  /** Makes the object of the parts that were stored. */
  protected abstract void join();

  /** Removes parts that are never joined, where the store keeps them otherwise. */
  protected void discard() {}

  @Override
  public final void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public final void write(byte[] bytes, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, bytes.length);
    if (closed || failed) {
      throw new IOException("the writer of " + key + (closed ? " is closed" : " has failed"));
    }
    int from = start;
    int left = length;
    while (left > 0) {
      if (filled == part) {
        sendPart();
      }
      int n = Math.min(left, part - filled);
      if (filled + n > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.min(part, Math.max(2 * buffer.length, filled + n)));
      }
      System.arraycopy(bytes, from, buffer, filled, n);
      filled += n;
      from += n;
      left -= n;
    }
  }

  private void sendPart() throws IOException {
    int number = sent + 1;
    if (number > mostParts) {
      failed = true;
      throw new IOException("object " + key + " has more than " + mostParts + " parts");
    }
    try {
      storePart(number, buffer, filled);
    } catch (RuntimeException e) {
      failed = true;
      throw new IOException("part " + number + " of object " + key + " was not stored", e);
    }
    sent = number;
    filled = 0;
  }

  @Override
  public final void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!failed) {
        finish();
      }
    } catch (RuntimeException e) {
      failed = true;
      throw new IOException("object " + key + " was not stored", e);
    } finally {
      buffer = new byte[0];
      if (failed) {
        discard();
      }
    }
  }

  private void finish() throws IOException {
    if (sent == 0) {
      storeWhole(buffer, filled);
    } else {
      sendPart();
      join();
    }
  }
}
