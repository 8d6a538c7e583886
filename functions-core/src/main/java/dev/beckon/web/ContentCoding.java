package dev.beckon.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Undoes the codings of a body, never further than its bound: a small body may hold a large one.
 */
final class ContentCoding {
  private ContentCoding() {}

  /**
   * @param codings of the header {@code Content-Encoding}
   * @param most bytes of the body when its coding is undone
   */
  static byte[] undo(List<String> codings, byte[] body, int most)
      throws UnreadableRequestException {
    List<String> applied =
        codings.stream().filter(coding -> !coding.equalsIgnoreCase("identity")).toList();
    if (applied.isEmpty()) {
      return body;
    }
    if (applied.size() > 1
        || !(applied.getFirst().equalsIgnoreCase("gzip")
            || applied.getFirst().equalsIgnoreCase("x-gzip"))) {
      throw new UnreadableRequestException(
          415, "the body has a content coding other than gzip; send it as it is, or as gzip once");
    }
    byte[] plain;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      plain = in.readNBytes(most + 1);
    } catch (IOException e) {
      throw new UnreadableRequestException(400, "the body is not the gzip it says it is");
    }
    if (plain.length > most) {
      throw UnreadableRequestException.tooLarge(most);
    }
    return plain;
  }
}
