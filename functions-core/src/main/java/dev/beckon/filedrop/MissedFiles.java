package dev.beckon.filedrop;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds files that lie in a feed's folder though no event told of them, and those whose end was cut
 * off. Thread-safe; may run twice at once.
 */
public final class MissedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(MissedFiles.class);

  /** A feed is looked through as often as this. */
  static final Duration EVERY = Duration.ofMinutes(15);

  /** An event for a younger file may still be on its way. */
  static final Duration LATE = Duration.ofMinutes(10);

  private static final int PAGE = 1_000;

  private final AccountSource accounts;
  private final ImportStore imports;
  private final ObjectStore objects;
  private final FileDrop fileDrop;
  private final WorkQueue files;
  private final EventLog events;
  private final Clock clock;

  MissedFiles(FileDropParts parts) {
    this.accounts = parts.accounts();
    this.imports = parts.imports();
    this.objects = parts.objects();
    this.fileDrop = parts.fileDrop();
    this.files = parts.files();
    this.events = parts.events();
    this.clock = parts.clock();
  }

  /** One run; called every minute. */
  public void run() {
    Instant now = clock.instant();
    for (Account account : accounts.all()) {
      for (String feed : account.feeds().keySet()) {
        try {
          if (imports.lookThrough(feed, now.minus(EVERY), now)) {
            folder(feed + "/incoming/", now);
            folder(feed + "/check/", now);
          }
        } catch (RuntimeException e) {
          LOG.error("feed={} could not be looked through: {}", feed, e.getClass().getName());
        }
      }
    }
  }

  private void folder(String prefix, Instant now) {
    for (ObjectStore.Listed file : objects.list(prefix, "", PAGE)) {
      // A folder made by hand is an object whose key is the prefix itself.
      if (!file.key().equals(prefix) && file.writtenAt().isBefore(now.minus(LATE))) {
        look(file.key(), now);
      }
    }
  }

  private void look(String key, Instant now) {
    Import seen = fileDrop.seen(key).orElse(null);
    if (seen == null) {
      return; // moved on meanwhile
    }
    Import known = imports.find(seen.id()).orElse(null);
    if (known == null) {
      events.write(
          new Event(
              now,
              Event.Level.WARNING,
              "object-event-missed",
              "object-event-missed/" + seen.id(),
              seen.account(),
              "no event told of the file "
                  + key
                  + "; it was found by looking and is imported as "
                  + seen.id()));
      imports.insert(seen);
    }
    if (known == null || known.state().isFinal()) {
      files.send(List.of(Hint.importRun(seen.id())));
    }
  }
}
