package dev.beckon.azure;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a queue message says. Event Grid and our own queues write base64; the host is told to hand
 * bodies on as they travelled, because what it cannot decode it puts where no function ever sees
 * it.
 */
final class MessageBody {
  private MessageBody() {}

  /**
   * A body of base64 of UTF-8 decoded; any other as it stands. A body of ours is never mistaken: no
   * JSON object is base64, and no hint is base64 of UTF-8.
   *
   * @param wire the body as it travelled
   */
  static String text(String wire) {
    try {
      byte[] bytes = Base64.getDecoder().decode(wire.strip());
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return wire;
    }
  }
}
