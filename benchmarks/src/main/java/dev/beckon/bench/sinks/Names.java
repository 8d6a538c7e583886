package dev.beckon.bench.sinks;

import java.nio.charset.StandardCharsets;

/** Field names as they lie on the wire. */
final class Names {
  static final byte[] ID = bytes("_id");
  static final byte[] AND = bytes("$and");
  static final byte[] IN = bytes("$in");
  static final byte[] SET = bytes("$set");
  static final byte[] STATE = bytes("state");
  static final byte[] SENT = bytes("SENT");
  static final byte[] SENDING = bytes("SENDING");
  static final byte[] BATCH = bytes("batch");
  static final byte[] HASH = bytes("hash");
  static final byte[] FILTER = bytes("filter");
  static final byte[] PROJECTION = bytes("projection");
  static final byte[] ATTEMPTS = bytes("attempts");
  static final byte[] BATCH_SIZE = bytes("batchSize");
  static final byte[] PIPELINE = bytes("pipeline");
  static final byte[] MATCH = bytes("$match");
  static final byte[] Q = bytes("q");
  static final byte[] U = bytes("u");
  static final byte[] UPSERT = bytes("upsert");

  private Names() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
