package dev.beckon.aws.platform;

import java.util.HashMap;
import java.util.Map;

/** System properties the SDK looks at, put back at the end. */
final class SdkProperties implements AutoCloseable {
  private final Map<String, String> before = new HashMap<>();

  SdkProperties with(String name, String value) {
    before.put(name, System.setProperty(name, value));
    return this;
  }

  @Override
  public void close() {
    before.forEach((name, value) -> {
      if (value == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, value);
      }
    });
  }
}
