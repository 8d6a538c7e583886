package dev.beckon.azurite;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the emulator is installed and started.
 *
 * @param sources the folder that holds {@code package.json} and its lock file
 * @param installed the folder npm installs into; made when it is not there
 * @param data where blobs and messages are kept; null keeps them in memory, and they end with the
 *     process
 * @param node the program {@code node}, by name or path
 * @param npm the program {@code npm}, by name or path
 * @param blobPort port of the blob service; 0 takes a free one
 * @param queuePort port of the queue service; 0 takes a free one
 */
public record AzuriteOptions(
    Path sources,
    Path installed,
    @Nullable Path data,
    String node,
    String npm,
    int blobPort,
    int queuePort) {

  /** The system property that names the folder of the whole project. */
  public static final String HOME = "beckon.home";

  private static final String MODULE = "azure-handlers/azurite";

  /**
   * In memory, on free ports, installed into the build folder of the project this process works in.
   *
   * @throws AzuriteUnavailableException when it works in none
   */
  public static AzuriteOptions standard() {
    Path module = home().resolve(MODULE);
    return new AzuriteOptions(module, module.resolve("target/npm"), null, "node", "npm", 0, 0);
  }

  private static Path home() {
    String named = System.getProperty(HOME);
    Path start = Path.of(named == null ? "" : named).toAbsolutePath().normalize();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isReadable(folder.resolve(MODULE).resolve(AzuriteInstall.LOCK))) {
        return folder;
      }
    }
    throw new AzuriteUnavailableException(
        "there is no "
            + MODULE
            + "/"
            + AzuriteInstall.LOCK
            + " at or above "
            + start
            + ": run this in the project, or name its folder with -D"
            + HOME);
  }

  /** The same, with data that stays when it ends. */
  public AzuriteOptions keptIn(Path folder) {
    return new AzuriteOptions(sources, installed, folder, node, npm, blobPort, queuePort);
  }

  /** The same, on ports that are known beforehand. */
  public AzuriteOptions on(int blobPort, int queuePort) {
    return new AzuriteOptions(sources, installed, data, node, npm, blobPort, queuePort);
  }

  /** The same, run by other programs. */
  public AzuriteOptions by(String node, String npm) {
    return new AzuriteOptions(sources, installed, data, node, npm, blobPort, queuePort);
  }
}
