package dev.beckon.memory;

import dev.beckon.filedrop.Chunk;
import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ImportStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Imports, chunks and locks in memory, for tests and samples. Thread-safe. */
public final class MemoryImports implements ImportStore {
  private static final Comparator<Place> NEWEST =
      Comparator.comparing(Place::createdAt).thenComparing(Place::id).reversed();

  private record Lock(String by, Instant until) {}

  private final Map<String, Import> imports = new LinkedHashMap<>();
  private final Map<String, Chunk> chunks = new LinkedHashMap<>();
  private final Map<String, Lock> locks = new HashMap<>();
  private final Map<String, String> contents = new HashMap<>();
  private final Map<String, Instant> hinted = new HashMap<>();
  private final Map<String, Instant> looked = new HashMap<>();

  @Override
  public synchronized void insert(Import dropped) {
    if (imports.putIfAbsent(dropped.id(), dropped) == null) {
      hinted.put(dropped.id(), dropped.createdAt());
    }
  }

  @Override
  public synchronized Optional<Import> find(String id) {
    return Optional.ofNullable(imports.get(id));
  }

  @Override
  public synchronized boolean lock(String feed, String importId, Instant now, Instant until) {
    Lock held = locks.get(feed);
    if (held != null && held.until().isAfter(now) && !held.by().equals(importId)) {
      return false;
    }
    locks.put(feed, new Lock(importId, until));
    return true;
  }

  @Override
  public synchronized void unlock(String feed, String importId) {
    Lock held = locks.get(feed);
    if (held != null && held.by().equals(importId)) {
      locks.remove(feed);
    }
  }

  @Override
  public synchronized String claimContent(
      String feed, String sha256, String importId, Instant now) {
    return contents.computeIfAbsent(feed + "/" + sha256, any -> importId);
  }

  @Override
  public synchronized void release(
      String id, List<String> header, int count, long rows, Instant at) {
    boolean released =
        change(
            id,
            Import.State.WAITING,
            old ->
                with(
                    old,
                    Import.State.RELEASED,
                    at,
                    header,
                    count,
                    rows,
                    old.problem(),
                    old.totals()));
    if (released) {
      hinted.put(id, at);
    }
  }

  @Override
  public synchronized void refuse(String id, String problem) {
    change(
        id, Import.State.WAITING, old -> ended(old, Import.State.REFUSED, problem, old.totals()));
  }

  @Override
  public synchronized void accept(String id, Import.Totals totals) {
    change(
        id, Import.State.RELEASED, old -> ended(old, Import.State.ACCEPTED, old.problem(), totals));
  }

  @Override
  public synchronized void cancel(String id, String why) {
    for (Import.State from :
        List.of(Import.State.WAITING, Import.State.RELEASED, Import.State.ACCEPTED)) {
      if (change(id, from, old -> ended(old, Import.State.CANCELLED, why, old.totals()))) {
        return;
      }
    }
  }

  @Override
  public synchronized void check(String id, List<String> header, long rows, Import.Totals totals) {
    change(
        id,
        Import.State.WAITING,
        old ->
            with(
                old,
                Import.State.CHECKED,
                old.releasedAt(),
                header,
                old.chunks(),
                rows,
                old.problem(),
                totals));
  }

  @Override
  public synchronized List<Import> open(int limit) {
    return imports.values().stream()
        .filter(dropped ->
            dropped.state() == Import.State.WAITING || dropped.state() == Import.State.RELEASED)
        .sorted(Comparator.comparing(Import::createdAt))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<Import> nextWaiting(String feed) {
    return imports.values().stream()
        .filter(dropped -> dropped.feed().equals(feed) && dropped.state() == Import.State.WAITING)
        .min(Comparator.comparing(Import::createdAt));
  }

  @Override
  public synchronized boolean lookThrough(String feed, Instant notSince, Instant now) {
    Instant last = looked.get(feed);
    if (last != null && !last.isBefore(notSince)) {
      return false;
    }
    looked.put(feed, now);
    return true;
  }

  @Override
  public synchronized List<Import> newest(int limit) {
    return newest(new Wanted(null, null, null, null), null, limit);
  }

  @Override
  public synchronized List<Import> newest(Wanted wanted, @Nullable Place after, int limit) {
    return imports.values().stream()
        .filter(dropped -> wanted.account() == null || dropped.account().equals(wanted.account()))
        .filter(dropped -> wanted.feed() == null || dropped.feed().equals(wanted.feed()))
        .filter(dropped -> wanted.state() == null || dropped.state() == wanted.state())
        .filter(dropped ->
            wanted.upload() == null
                || dropped.upload().filter(id -> id.equals(wanted.upload())).isPresent())
        .filter(dropped -> after == null || NEWEST.compare(Place.of(dropped), after) > 0)
        .sorted(Comparator.comparing(Place::of, NEWEST))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void insertChunk(Chunk chunk) {
    chunks.putIfAbsent(chunk.id(), chunk);
  }

  @Override
  public synchronized Optional<Chunk> chunk(String id) {
    return Optional.ofNullable(chunks.get(id));
  }

  @Override
  public synchronized List<Chunk> chunks(String importId) {
    return chunks.values().stream()
        .filter(chunk -> chunk.importId().equals(importId))
        .sorted(Comparator.comparingInt(Chunk::number))
        .toList();
  }

  @Override
  public synchronized boolean acceptChunk(String id, Import.Totals totals) {
    Chunk old = chunks.get(id);
    if (old == null || old.accepted()) {
      return false;
    }
    chunks.put(id, new Chunk(old.importId(), old.number(), old.rows(), true, totals));
    return true;
  }

  @Override
  public synchronized long openChunks(String importId) {
    return chunks(importId).stream().filter(chunk -> !chunk.accepted()).count();
  }

  @Override
  public synchronized boolean hint(String id, Instant notSince, Instant now) {
    Instant last = hinted.get(id);
    if (last == null || !last.isBefore(notSince)) {
      return false;
    }
    hinted.put(id, now);
    return true;
  }

  private boolean change(String id, Import.State from, UnaryOperator<Import> change) {
    Import old = imports.get(id);
    if (old == null || old.state() != from) {
      return false;
    }
    imports.put(id, change.apply(old));
    return true;
  }

  private static Import ended(
      Import old, Import.State state, String problem, Import.Totals totals) {
    return with(
        old, state, old.releasedAt(), old.header(), old.chunks(), old.rows(), problem, totals);
  }

  private static Import with(
      Import old,
      Import.State state,
      @Nullable Instant releasedAt,
      List<String> header,
      int chunks,
      long rows,
      String problem,
      Import.Totals totals) {
    return new Import(
        old.id(),
        old.account(),
        old.feed(),
        old.dispatch(),
        old.key(),
        old.version(),
        old.kind(),
        state,
        old.createdAt(),
        releasedAt,
        header,
        chunks,
        rows,
        problem,
        totals);
  }
}
