package dev.beckon.account;

import java.util.Map;

/**
 * Credentials and limits at one vendor.
 *
 * @param vendor name of the vendor in the catalogue, matched exactly
 * @param settings its settings as configured; secrets are references
 */
public record VendorAccount(
    String name, String vendor, Map<String, String> settings, Limits limits) {
  public VendorAccount {
    settings = Map.copyOf(settings);
  }

  /** Names only: settings may be private. */
  @Override
  public String toString() {
    return "VendorAccount[" + name + " " + vendor + "]";
  }
}
