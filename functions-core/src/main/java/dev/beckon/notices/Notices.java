package dev.beckon.notices;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Notice;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.events.EventPlace;
import dev.beckon.events.EventQuery;
import dev.beckon.parcel.Deadline;
import dev.beckon.privacy.Failures;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators of their accounts' events. Each notice has a place in the log, and each of its
 * addresses goes on from it only when the vendor accepted the mail to it: whatever fails, is cut
 * off or runs twice, an event is told once or more. Thread-safe.
 */
public final class Notices {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  /**
   * Younger events are left to a later run: their writers' clocks may be a minute behind ours, as
   * claims allow for, and a write may take another from its moment to the store.
   */
  static final Duration SETTLED = Duration.ofMinutes(2);

  /** After this another teller takes over; a sweep does not live as long. */
  static final Duration HELD = Duration.ofMinutes(10);

  /** When what failed is tried again, or at the notice's next time if that is sooner. */
  static final Duration AGAIN = Duration.ofMinutes(15);

  /** What the last write may take. */
  private static final Duration RESERVE = Duration.ofSeconds(10);

  private static final int PAGE = 500;

  /** More events than these are told of, but not counted. */
  static final int MOST = 5_000;

  private final AccountSource accounts;
  private final EventLog events;
  private final NoticeStore store;
  private final Mailer mailer;
  private final URI publicUrl;
  private final Clock clock;

  /**
   * @param publicUrl where the API is
   */
  public Notices(
      AccountSource accounts,
      EventLog events,
      NoticeStore store,
      Mailer mailer,
      URI publicUrl,
      Clock clock) {
    this.accounts = accounts;
    this.events = events;
    this.store = store;
    this.mailer = mailer;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  private record Entry(Account account, Notice notice) {}

  /** One run of the timer; one notice's failure keeps no other from being told. */
  public void run(Deadline deadline) {
    Map<String, Entry> all = new LinkedHashMap<>();
    for (Account account : accounts.all()) {
      for (Notice notice : account.notices().values()) {
        all.put(account.id() + "/" + notice.id(), new Entry(account, notice));
      }
    }
    if (all.isEmpty()) {
      return;
    }
    Map<String, Standing> standings = store.load(all.keySet());
    all.forEach((id, entry) -> {
      try {
        look(id, entry, standings.get(id), deadline.before(RESERVE));
      } catch (RuntimeException e) {
        LOG.error("notice={} stopped and is tried again: {}", id, Failures.tell(e));
      }
    });
  }

  private void look(String id, Entry entry, @Nullable Standing standing, Deadline deadline) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as stores keep it
    if (standing == null) {
      store.begin(id, now);
      return;
    }
    Instant end = standing.end(now.minus(SETTLED), entry.notice().every()).orElse(null);
    if (end == null || standing.heldUntil().isAfter(now) || deadline.passed()) {
      return;
    }
    Deadline held = deadline.atMost(HELD.minus(RESERVE));
    Standing taken = standing.taken(end, now.plus(HELD));
    if (store.replace(id, taken)) {
      tell(id, entry, taken, end, held);
    }
  }

  private void tell(String id, Entry entry, Standing taken, Instant end, Deadline deadline) {
    Notice notice = entry.notice();
    Telling telling = new Telling(id, entry.account(), notice, end);
    telling
        .bySince(taken)
        .forEach((since, to) -> {
          Digest digest = digest(entry, since, end);
          if (!digest.isEmpty()) {
            telling.send(to, since, digest.mail(publicUrl), mailer, deadline);
          }
        });
    Set<String> untold = telling.untold();
    Duration wait = notice.every().compareTo(AGAIN) < 0 ? notice.every() : AGAIN;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (!store.replace(id, taken.told(end, untold, now.plus(wait)))) {
      LOG.warn("notice={} was taken over by another teller; it may be told twice", id);
    }
    LOG.info("notice={} until={} told={} untold={}", id, end, telling.told(), untold.size());
    if (!untold.isEmpty()) {
      failed(id, entry, telling.problem(), now);
    }
  }

  private Digest digest(Entry entry, Instant since, Instant until) {
    Notice notice = entry.notice();
    Digest digest = new Digest(entry.account().id(), notice, since, until);
    EventQuery query = new EventQuery(entry.account().id(), notice.level(), Set.of(), since, until);
    EventPlace after = null;
    while (since.isBefore(until)) {
      List<Event> page = events.find(query, after, PAGE);
      if (page.isEmpty()) {
        break;
      }
      if (digest.size() >= MOST) {
        digest.andMore();
        break;
      }
      digest.add(page);
      after = EventPlace.of(page.getLast());
    }
    return digest;
  }

  /** Told once a day and notice, so that a notice that fails does not feed itself. */
  private void failed(String id, Entry entry, String problem, Instant now) {
    events.write(
        new Event(
            now,
            Event.Level.ERROR,
            "notice-failed",
            "notice-failed/" + id + "/" + now.truncatedTo(ChronoUnit.DAYS),
            entry.account().id(),
            problem));
  }
}
