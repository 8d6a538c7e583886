package dev.beckon.filedrop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The objects in the bucket that hold the rows of imports. Thread-safe. */
public final class ImportFiles {
  private final ImportStore imports;
  private final ObjectStore objects;

  ImportFiles(FileDropParts parts) {
    this.imports = parts.imports();
    this.objects = parts.objects();
  }

  /**
   * What there is of one import.
   *
   * @param ended whether nothing reads the objects any more
   */
  public record Files(String importId, boolean ended, List<String> keys) {
    public Files {
      keys = List.copyOf(keys);
    }
  }

  /** What there is of the imports among these batches; those without an object are left out. */
  public List<Files> of(Collection<String> batches) {
    List<Files> found = new ArrayList<>();
    for (String batch : batches) {
      imports
          .find(batch)
          .ifPresent(dropped -> {
            List<String> keys = keys(dropped);
            if (!keys.isEmpty()) {
              found.add(new Files(dropped.id(), ended(dropped), keys));
            }
          });
    }
    return found;
  }

  /** Deletes the objects of imports that have ended; a repeat is harmless. */
  public void delete(Files files) {
    if (files.ended()) {
      files.keys().forEach(objects::delete);
    }
  }

  private static boolean ended(Import dropped) {
    return dropped.state().isFinal();
  }

  private List<String> keys(Import dropped) {
    List<String> keys = new ArrayList<>();
    objects
        .info(dropped.key())
        .filter(now -> now.version().equals(dropped.version()))
        .ifPresent(there -> keys.add(dropped.key()));
    List<String> candidates = new ArrayList<>();
    candidates.add(dropped.processedKey());
    candidates.add(dropped.refusedRowsKey());
    candidates.add(dropped.cancelledKey());
    for (Chunk chunk : imports.chunks(dropped.id())) {
      candidates.add(chunk.rowsKey());
      candidates.add(chunk.refusalsKey());
    }
    candidates.stream().filter(key -> objects.info(key).isPresent()).forEach(keys::add);
    return keys;
  }
}
