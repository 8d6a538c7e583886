package dev.beckon.memory;

import dev.beckon.feedback.AnswerSheet;
import dev.beckon.feedback.AnswerStore;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Answers in memory, for tests and samples. Thread-safe. */
public final class MemoryAnswerStore implements AnswerStore {
  private final Map<String, AnswerSheet> sheets = new TreeMap<>();

  @Override
  public synchronized Optional<AnswerSheet> find(String invitation) {
    return Optional.ofNullable(sheets.get(invitation));
  }

  @Override
  public synchronized boolean save(AnswerSheet sheet) {
    AnswerSheet stored = sheets.get(sheet.invitation());
    if (sheet.version() != (stored == null ? 1 : stored.version() + 1)) {
      return false;
    }
    sheets.put(sheet.invitation(), sheet);
    return true;
  }

  @Override
  public synchronized List<AnswerSheet> sealedUnder(String account, LocalDate day, int limit) {
    return sheets.values().stream()
        .filter(sheet -> sheet.account().equals(account) && sheet.sealedOn().contains(day))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void delete(Collection<String> invitations) {
    sheets.keySet().removeAll(List.copyOf(invitations));
  }
}
