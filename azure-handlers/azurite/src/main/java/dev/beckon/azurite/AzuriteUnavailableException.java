package dev.beckon.azurite;

import java.io.Serial;

/** The emulator cannot run on this machine; the message says what to install. */
public final class AzuriteUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  AzuriteUnavailableException(String message) {
    super(message);
  }
}
