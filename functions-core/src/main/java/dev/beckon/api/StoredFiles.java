package dev.beckon.api;

import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.web.ProblemException;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Hands out text files of the bucket: small ones in the reply, others by an address. */
final class StoredFiles {
  /** Lambda answers 6 MB at most, in JSON, where one byte of a file may take six. */
  private static final int INLINE = 1_000_000;

  private static final Duration VALID = Duration.ofMinutes(5);

  private final ObjectStore objects;
  private final Optional<ObjectTickets> tickets;

  StoredFiles(ObjectStore objects, Optional<ObjectTickets> tickets) {
    this.objects = objects;
    this.tickets = tickets;
  }

  /**
   * @param fileName under which a browser keeps it
   * @param what such as {@code report}, for the problem when there is none
   */
  WebReply reply(String key, String type, String fileName, String what) throws ProblemException {
    long size =
        objects
            .info(key)
            .map(ObjectStore.ObjectInfo::size)
            .orElseThrow(() -> Problems.missing(what));
    if (size > INLINE) {
      ObjectTickets signing =
          tickets.orElseThrow(() ->
              Problems.conflict(
                  "too-large-to-answer",
                  "the file is larger than a reply may be; fetch it from the bucket"));
      return new WebReply(
          303,
          "text/plain; charset=utf-8",
          "",
          Map.of("Location", signing.download(key, fileName, VALID).toString()));
    }
    try (InputStream in = objects.read(key).orElseThrow(() -> Problems.missing(what))) {
      return new WebReply(
          200,
          type,
          new String(in.readNBytes(INLINE), StandardCharsets.UTF_8),
          Map.of("Content-Disposition", "attachment; filename=\"" + fileName + "\""));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + key + " failed", e);
    }
  }
}
