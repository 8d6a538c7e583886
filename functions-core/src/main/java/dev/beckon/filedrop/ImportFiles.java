package dev.beckon.filedrop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The objects in the bucket that hold the rows of imports. Thread-safe. */
public final class ImportFiles {
  private final ImportStore imports;
  private final ObjectStore objects;
  private final boolean chunks;
  private final int most;

  ImportFiles(FileDropParts parts) {
    this(parts.imports(), parts.objects(), true, Integer.MAX_VALUE);
  }

  private ImportFiles(ImportStore imports, ObjectStore objects, boolean chunks, int most) {
    this.imports = imports;
    this.objects = objects;
    this.chunks = chunks;
    this.most = most;
  }

  /**
   * The same for somebody who waits: without the chunks, of which an import may have thousands and
   * which the bucket's rule deletes after a week.
   *
   * @param most imports that are looked at
   */
  public ImportFiles withoutChunks(int most) {
    return new ImportFiles(imports, objects, false, most);
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
      if (found.size() == most) {
        break;
      }
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
    for (Chunk chunk : chunks ? imports.chunks(dropped.id()) : List.<Chunk>of()) {
      candidates.add(chunk.rowsKey());
      candidates.add(chunk.refusalsKey());
    }
    candidates.stream().filter(key -> objects.info(key).isPresent()).forEach(keys::add);
    return keys;
  }
}
