package dev.beckon.local.torture;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Options that let workers start fast: a campaign starts hundreds of them. Classes come from an
 * archive that one run of a small worker leaves behind; where none can be made, workers merely
 * start more slowly.
 */
final class Archive {
  /** A worker lives for seconds: compiling it well would not pay. */
  static final List<String> WITHOUT = List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private Archive() {}

  /** Makes the archive in a folder; returns the options that use it. */
  static List<String> make(Path folder) throws IOException, InterruptedException {
    Path archive = folder.resolve("worker.jsa").toAbsolutePath();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Files.isDirectory(Path.of(entry))) {
        return WITHOUT; // the JDK archives classes of jars alone
      }
    }
    try (Arena arena =
        Arena.start(
            folder.resolve("warm-up"),
            1,
            List.of("-XX:TieredStopAtLevel=1", "-XX:ArchiveClassesAtExit=" + archive))) {
      arena.drop(TortureFile.of(TortureAccount.HOLD, 0, 200, 1));
      arena.drop(TortureFile.of(TortureAccount.MAIL, 0, 200, 1));
      arena.crew().fill(1);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Standing.of(arena.stores()).finished(2) && System.nanoTime() < end) {
        Arena.pause(Duration.ofMillis(200));
      }
      arena.crew().close();
    }
    if (!Files.exists(archive)) {
      return WITHOUT;
    }
    List<String> options = new ArrayList<>(WITHOUT);
    options.add("-XX:SharedArchiveFile=" + archive);
    return options;
  }
}
