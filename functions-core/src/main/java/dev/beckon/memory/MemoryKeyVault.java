package dev.beckon.memory;

import dev.beckon.privacy.KeyVault;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Wrapped keys in memory, for tests and samples. Thread-safe. */
public final class MemoryKeyVault implements KeyVault {
  private record Day(String account, LocalDate day) {}

  private final Map<Day, byte[]> keys = new ConcurrentHashMap<>();

  @Override
  public Optional<byte[]> find(String account, LocalDate day) {
    return Optional.ofNullable(keys.get(new Day(account, day))).map(byte[]::clone);
  }

  @Override
  public byte[] storeIfAbsent(String account, LocalDate day, byte[] wrapped) {
    byte[] there = keys.putIfAbsent(new Day(account, day), wrapped.clone());
    return there == null ? wrapped : there.clone();
  }

  @Override
  public List<LocalDate> days(String account) {
    return keys.keySet().stream()
        .filter(key -> key.account().equals(account))
        .map(Day::day)
        .sorted()
        .toList();
  }

  @Override
  public void delete(String account, LocalDate day) {
    keys.remove(new Day(account, day));
  }
}
