package dev.beckon.parcel;

/** A way through the system with its own queue and workers: one never delays the other. */
public enum Lane {
  /** API and contact centre: somebody is waiting. */
  PRIORITY,
  /** Imports. */
  BULK
}
