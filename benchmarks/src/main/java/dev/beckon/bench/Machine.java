package dev.beckon.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What the figures were taken on.
 *
 * @param load average over the last minute when the run began: on a busy machine figures mean
 *     little
 * @param pinned whether worker and sinks had a core each
 */
record Machine(String processor, int cores, String java, double load, boolean pinned) {

  static Machine here(boolean pinned) {
    return new Machine(
        model().orElse(System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vendor.version", "") + " " + Runtime.version(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        pinned);
  }

  private static Optional<String> model() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores, Java %s, loopback without TLS, load before the run %.1f%s",
        processor,
        cores,
        java.strip(),
        load,
        pinned ? "" : ", NOT pinned: worker and sinks share all cores");
  }
}
