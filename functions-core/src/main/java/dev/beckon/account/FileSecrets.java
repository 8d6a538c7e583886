package dev.beckon.account;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets from one JSON object of names and texts, for the local host and for functions that get
 * their secrets as a mounted file: {@code secret://mail-password} is the member {@code
 * mail-password}.
 *
 * <p>The file is read again when its time or size changed, and at the latest after five minutes. A
 * file that cannot be read for a moment (an editor is writing it) leaves the last good values in
 * force for those five minutes. Thread-safe.
 */
public final class FileSecrets implements Secrets {
  private static final Logger log = LoggerFactory.getLogger(FileSecrets.class);
  private static final Duration FRESH = Duration.ofMinutes(5);

  /**
   * Bytes. A file of secrets is small; a path that points at something else shall not be loaded.
   */
  private static final int LARGEST = 1 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private record Snapshot(
      Map<String, Secret> secrets, FileTime changed, long size, Instant readAt) {}

  private final Path file;
  private final Clock clock;
  private @Nullable Snapshot snapshot;
  private boolean warned;

  /**
   * Names the file; it is read at the first use.
   *
   * @param clock tells when five minutes have passed
   */
  public FileSecrets(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException when the file is missing, too large or not a JSON object of texts;
   *     the message names file and reference, never a value
   */
  @Override
  public Secret resolve(URI reference) {
    Secret secret = secrets(reference).get(Secrets.name(reference));
    if (secret == null) {
      throw new SecretMissingException(reference, "the secrets file " + file);
    }
    return secret;
  }

  private synchronized Map<String, Secret> secrets(URI reference) {
    Snapshot last = snapshot;
    Instant now = clock.instant();
    boolean fresh = last != null && now.isBefore(last.readAt.plus(FRESH));
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (last == null
          || !fresh
          || !last.changed.equals(attributes.lastModifiedTime())
          || last.size != attributes.size()) {
        last = new Snapshot(read(reference), attributes.lastModifiedTime(), attributes.size(), now);
        snapshot = last;
        warnIfOthersMayRead();
      }
      return last.secrets;
    } catch (IOException e) {
      if (fresh && last != null) {
        log.warn("secrets_file=unreadable file={} error={}", file, e.getClass().getSimpleName());
        return last.secrets;
      }
      throw new UncheckedIOException(
          "cannot resolve " + reference + ": the secrets file " + file + " cannot be read", e);
    }
  }

  private Map<String, Secret> read(URI reference) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    }
    String where = "cannot resolve " + reference + ": the secrets file " + file;
    if (bytes.length > LARGEST) {
      throw new IOException(where + " is larger than " + LARGEST + " bytes");
    }
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      // the parser's own message and cause quote what they met, which may be a value
      JsonLocation at = e.getLocation(); // none when a limit of the parser was passed
      throw new IOException(
          where
              + " is not JSON"
              + (at == null
                  ? ": a name, a value or its nesting is too long"
                  : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }
    if (root == null || !root.isObject()) {
      throw new IOException(where + " is not a JSON object of names and texts");
    }
    Map<String, Secret> secrets = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : root.properties()) {
      if (!member.getValue().isTextual()) {
        throw new IOException(
            where + ": the value of " + shown(member.getKey()) + " is not a text");
      }
      secrets.put(member.getKey(), new Secret(member.getValue().textValue()));
    }
    return secrets;
  }

  private static String shown(String name) {
    return name.length() <= 100 ? name : name.substring(0, 100) + "…";
  }

  private void warnIfOthersMayRead() throws IOException {
    if (warned || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
      warned = true;
      log.warn("secrets_file=world_readable file={} remedy='chmod 600'", file);
    }
  }
}
