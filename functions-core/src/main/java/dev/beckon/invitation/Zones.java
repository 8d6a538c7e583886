package dev.beckon.invitation;

import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The zones of the IANA time zone database, by name. */
public final class Zones {
  private static final Map<String, String> NAMES = names();

  private Zones() {}

  /** The zone of a name such as {@code Europe/Berlin}, read without regard to case. */
  public static Optional<ZoneId> find(String name) {
    return Optional.ofNullable(NAMES.get(name.strip())).map(ZoneId::of);
  }

  private static Map<String, String> names() {
    Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ZoneId.getAvailableZoneIds().forEach(id -> names.put(id, id));
    return Collections.unmodifiableMap(names);
  }
}
