package dev.beckon.local.installation;

import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;

/** The clouds an installation can be on. */
public enum Cloud {
  AWS,
  AZURE;

  /** What every storage queue's host has in its name, whichever of Azure's regions it is in. */
  private static final String STORAGE_QUEUES = ".queue.core.";

  /**
   * The cloud of an installation: its queues tell, since files may lie in S3 on either.
   *
   * @throws dev.beckon.config.ConfigurationException where the configuration names no queue
   */
  public static Cloud of(RuntimeConfig config) {
    if (!config.text(ConfigKey.STORAGE).isEmpty()) {
      return AZURE; // an emulator's address tells nothing
    }
    return config.text(ConfigKey.BULK_QUEUE).contains(STORAGE_QUEUES) ? AZURE : AWS;
  }
}
