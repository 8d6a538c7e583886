package dev.beckon.vendor;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vendors this installation knows, by exact name. Immutable. */
public final class VendorCatalog {
  private final Map<String, VendorFactory> factories = new LinkedHashMap<>();

  public VendorCatalog(Collection<VendorFactory> factories) {
    for (VendorFactory factory : factories) {
      if (this.factories.putIfAbsent(factory.name(), factory) != null) {
        throw new IllegalArgumentException("two vendors are named " + factory.name());
      }
    }
  }

  public Optional<VendorFactory> find(String name) {
    return Optional.ofNullable(factories.get(name));
  }

  public List<String> names() {
    return List.copyOf(factories.keySet());
  }
}
