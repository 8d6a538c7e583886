package dev.beckon.parcel;

import java.util.OptionalLong;

/**
 * How much of a dispatch's work may lie on queues at once: more hints than its vendors can work off
 * soon would only occupy workers that others need. Thread-safe.
 */
public interface Admission {

  /** Everything is hinted at. */
  Admission ALL = (account, dispatch) -> OptionalLong.empty();

  /**
   * The most rows of a dispatch that are hinted at and not finished; empty when none of its vendors
   * is limited.
   */
  OptionalLong rows(String account, String dispatch);
}
