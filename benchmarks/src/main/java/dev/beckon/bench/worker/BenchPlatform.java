package dev.beckon.bench.worker;

import dev.beckon.account.Secret;
import dev.beckon.account.Secrets;
import dev.beckon.app.EntryPoint;
import dev.beckon.app.Platform;
import dev.beckon.memory.MemoryWorkQueue;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;

/** A host without a cloud: queues in memory, objects in a folder. Thread-safe. */
final class BenchPlatform implements Platform {
  private static final int KEY_BYTES = 32;

  private final Map<EntryPoint, MemoryWorkQueue> queues = new EnumMap<>(EntryPoint.class);
  private final FolderObjects objects;

  BenchPlatform(Path folder) {
    this.objects = new FolderObjects(folder);
    for (EntryPoint target : EntryPoint.values()) {
      queues.put(target, new MemoryWorkQueue());
    }
  }

  @Override
  public FolderObjects objects() {
    return objects;
  }

  @Override
  public MemoryWorkQueue queue(EntryPoint target) {
    MemoryWorkQueue queue = queues.get(target);
    if (queue == null) {
      throw new IllegalArgumentException("no queue feeds " + target);
    }
    return queue;
  }

  /** Every secret has the same value, which is a good key and a good password. */
  @Override
  public Secrets secrets() {
    String value = Base64.getEncoder().encodeToString(new byte[KEY_BYTES]);
    return reference -> new Secret(value);
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public void close() {
    // nothing is held
  }
}
