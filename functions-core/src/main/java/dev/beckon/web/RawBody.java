package dev.beckon.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The body of a request before it is read. */
@FunctionalInterface
public interface RawBody {
  /** No body. */
  RawBody NONE = most -> new byte[0];

  /**
   * Reads it.
   *
   * @param most bytes; a longer body is refused before more memory than that is taken for it
   * @throws UnreadableRequestException when it is longer, or not what it says it is
   */
  byte[] read(int most) throws UnreadableRequestException;

  /** A body that came as text. */
  static RawBody text(String text) {
    return most -> {
      // UTF-8 is never shorter than the characters it encodes
      byte[] bytes = text.length() > most ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
      if (text.length() > most || bytes.length > most) {
        throw UnreadableRequestException.tooLarge(most);
      }
      return bytes;
    };
  }

  /** A body that came as base64. */
  static RawBody base64(String text) {
    return most -> {
      if (text.length() > (most + 2L) / 3 * 4) {
        throw UnreadableRequestException.tooLarge(most);
      }
      byte[] bytes;
      try {
        bytes = Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        throw new UnreadableRequestException(400, "the body is not the base64 it says it is");
      }
      if (bytes.length > most) {
        throw UnreadableRequestException.tooLarge(most);
      }
      return bytes;
    };
  }

  /**
   * A body that did not get here as it was sent.
   *
   * @param told what helps; repeats nothing of the body
   */
  static RawBody unusable(int status, String told) {
    return most -> {
      throw new UnreadableRequestException(status, told);
    };
  }

  /** A body that is still on its way. */
  static RawBody stream(InputStream in) {
    return most -> {
      byte[] bytes;
      try {
        bytes = in.readNBytes(most + 1);
      } catch (IOException e) {
        throw new UncheckedIOException("the body broke off", e);
      }
      if (bytes.length > most) {
        throw UnreadableRequestException.tooLarge(most);
      }
      return bytes;
    };
  }
}
