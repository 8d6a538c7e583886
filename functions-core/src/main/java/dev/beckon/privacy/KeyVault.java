package dev.beckon.privacy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Where wrapped account-day keys are kept. Deleting one makes everything sealed under it
 * unreadable. Thread-safe.
 */
public interface KeyVault {

  /** The wrapped key of an account and day (UTC), if one was stored. */
  Optional<byte[]> find(String account, LocalDate day);

  /** Stores a wrapped key unless there is one; returns the one that is stored. */
  byte[] storeIfAbsent(String account, LocalDate day, byte[] wrapped);

  /** The days an account has keys of, oldest first. */
  List<LocalDate> days(String account);

  /**
   * Erases a key: what was sealed under it is unreadable from now on. Silent when there is none.
   */
  void delete(String account, LocalDate day);
}
