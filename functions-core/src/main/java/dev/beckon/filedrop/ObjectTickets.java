package dev.beckon.filedrop;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets somebody without any right on the bucket put or fetch one object, for a short time, without
 * its bytes passing through us. Thread-safe.
 */
public interface ObjectTickets {

  /**
   * A request that puts one object. Whoever has it may send it: it is a secret while it lasts.
   *
   * @param fields to be sent as a form, before the field {@code file}; empty: the body is the file
   * @param headers to be sent along
   * @param mostBytes that are taken, by the store itself or when the file is read
   */
  record Upload(
      String method,
      URI url,
      Map<String, String> fields,
      Map<String, String> headers,
      Instant expiresAt,
      long mostBytes) {
    public Upload {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Names no part of it: all of it is signed. */
    @Override
    public String toString() {
      return "Upload[until " + expiresAt + "]";
    }
  }

  /**
   * Lets an object be put under a key.
   *
   * @param mostBytes of it
   */
  Upload upload(String key, long mostBytes, Duration validFor);

  /**
   * An address that an object can be fetched from.
   *
   * @param fileName under which a browser keeps it; letters, digits, dots and dashes
   */
  URI download(String key, String fileName, Duration validFor);
}
