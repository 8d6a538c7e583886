package dev.beckon.local.functions;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The app's settings: what bindings name in per cent signs, and connections. */
record AppSettings(Map<String, String> values) {
  private static final Pattern NAME = Pattern.compile("%([^%]+)%");

  AppSettings {
    values = Map.copyOf(values);
  }

  /** Puts settings in the places of their names. */
  String resolved(String text) {
    return NAME.matcher(text)
        .replaceAll(name -> {
          String value = values.get(name.group(1));
          if (value == null) {
            throw new IllegalArgumentException("the setting " + name.group(1) + " is missing");
          }
          return Matcher.quoteReplacement(value);
        });
  }

  /**
   * The connection string of a connection.
   *
   * @param name as a binding names it; empty: the host's own storage account
   */
  String connection(String name) {
    String wanted = name.isEmpty() ? "AzureWebJobsStorage" : name;
    String value = values.getOrDefault("AzureWebJobs" + wanted, values.get(wanted));
    if (value == null) {
      throw new IllegalArgumentException(
          "the connection "
              + wanted
              + " has no setting with a connection string, which this host needs (an identity only"
              + " works in Azure)");
    }
    return value;
  }
}
