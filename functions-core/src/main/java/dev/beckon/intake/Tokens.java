package dev.beckon.intake;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Draws the unguessable part of survey links: 128 bits, 22 characters safe in a URL. Thread-safe.
 */
final class Tokens {
  private static final int BYTES = 16;
  private final SecureRandom random;

  Tokens(SecureRandom random) {
    this.random = random;
  }

  String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
