package dev.beckon.invitation;

import java.util.Arrays;

/** Encrypted bytes, as {@code Sealer} makes them. Immutable. */
public final class SealedValue {
  /** What is left of a value that was erased, has expired, or was never kept. */
  public static final SealedValue NONE = new SealedValue(new byte[0]);

  private final byte[] bytes;

  public SealedValue(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public boolean isNone() {
    return bytes.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedValue value && Arrays.equals(bytes, value.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "SealedValue[" + bytes.length + " bytes]";
  }
}
