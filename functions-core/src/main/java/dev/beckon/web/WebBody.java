package dev.beckon.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a request's body, as they were sent: signatures are made over them. Immutable. */
public final class WebBody {
  private final byte[] bytes;

  public WebBody(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  /**
   * The body as text.
   *
   * @throws UnreadableRequestException when it is not UTF-8
   */
  public String text() throws UnreadableRequestException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableRequestException(400, "the body is not UTF-8");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WebBody body && Arrays.equals(bytes, body.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "WebBody[" + bytes.length + " bytes]";
  }
}
