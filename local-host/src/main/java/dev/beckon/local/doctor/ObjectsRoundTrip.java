package dev.beckon.local.doctor;

import dev.beckon.check.Finding;
import dev.beckon.filedrop.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Whether a bucket or container takes an object and gives it back. */
final class ObjectsRoundTrip {
  /** A folder that operators write to and nothing is imported from; no feed has this name. */
  private static final String PROBES = "beckon-doctor/cancelled/";

  private final ObjectStore objects;
  private final String name;

  /**
   * @param name what a person calls the place
   */
  ObjectsRoundTrip(ObjectStore objects, String name) {
    this.objects = objects;
    this.name = name;
  }

  /** Writes an object, reads it and deletes it. */
  Finding run() throws IOException {
    String key = PROBES + UUID.randomUUID();
    byte[] written = "written by beckon doctor\n".getBytes(StandardCharsets.UTF_8);
    objects.write(key, written);
    try (InputStream read = objects.read(key).orElse(InputStream.nullInputStream())) {
      return Arrays.equals(read.readAllBytes(), written)
          ? Finding.good(name + " takes an object and gives it back")
          : Finding.wrong(
              name + " gives an object back that is not the one written",
              "look at its policies and replication");
    } finally {
      objects.delete(key);
    }
  }
}
