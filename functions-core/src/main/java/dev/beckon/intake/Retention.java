package dev.beckon.intake;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.privacy.KeyVault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets addresses and fields when their account's retention has passed: first the sealed values
 * of final invitations, then the day's key, which makes every copy unreadable, those in backups,
 * too. Bounded work a run; everything it does may run twice at once. Thread-safe.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private static final int PAGE = 1_000;
  private static final int PAGES_A_RUN = 20;
  private static final int CONTACTS_A_RUN = 10_000;

  /** Contacts are free when their time has passed; clocks differ by far less than this. */
  private static final Duration CONTACTS_KEPT = Duration.ofDays(1);

  private final AccountSource accounts;
  private final InvitationStore invitations;
  private final Contacts contacts;
  private final KeyVault keys;
  private final SealedElsewhere elsewhere;
  private final Clock clock;
  private final int page;
  private final int pagesARun;

  public Retention(
      AccountSource accounts,
      InvitationStore invitations,
      Contacts contacts,
      KeyVault keys,
      SealedElsewhere elsewhere,
      Clock clock) {
    this(accounts, invitations, contacts, keys, elsewhere, clock, PAGE, PAGES_A_RUN);
  }

  Retention(
      AccountSource accounts,
      InvitationStore invitations,
      Contacts contacts,
      KeyVault keys,
      SealedElsewhere elsewhere,
      Clock clock,
      int page,
      int pagesARun) {
    this.page = page;
    this.pagesARun = pagesARun;
    this.accounts = accounts;
    this.invitations = invitations;
    this.contacts = contacts;
    this.keys = keys;
    this.elsewhere = elsewhere;
    this.clock = clock;
  }

  /** One run; called by the timer. */
  public void run() {
    Instant now = clock.instant();
    int pages = pagesARun;
    for (Account account : accounts.allWithTwins()) {
      for (LocalDate day : keys.days(account.id())) {
        Instant over = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (pages > 0 && !over.plus(account.retention()).isAfter(now)) {
          pages -= forget(account.id(), day, now, pages);
        }
      }
    }
    contacts.deleteOver(now.minus(CONTACTS_KEPT), CONTACTS_A_RUN);
  }

  /** Returns how many pages it took. */
  private int forget(String account, LocalDate day, Instant now, int most) {
    int forgotten = 0;
    boolean needed = false;
    String after = "";
    int pages = 0;
    // First what needs the key and never holds it back, so that nothing outlives it.
    while (!elsewhere.forget(account, day, page)) {
      pages++;
      if (pages >= most) {
        return pages;
      }
    }
    while (pages < most) {
      pages++;
      List<Invitation> rows = invitations.sealedUnder(account, day, after, page);
      forgotten += forget(rows, now);
      if (rows.size() < page) {
        // A row that may still go out keeps its key; it is looked at again by the next run.
        needed = !invitations.sealedUnder(account, day, "", 1).isEmpty();
        if (!needed) {
          keys.delete(account, day);
        }
        break;
      }
      after = rows.getLast().id();
    }
    if (forgotten > 0) {
      LOG.info("retention account={} day={} rows={} needed={}", account, day, forgotten, needed);
    }
    return pages;
  }

  private int forget(List<Invitation> rows, Instant now) {
    List<String> over =
        rows.stream()
            .filter(row -> InvitationState.EXPIRED.from(Cause.DROP).contains(row.state()))
            .filter(row -> !now.isBefore(row.expires()))
            .map(Invitation::id)
            .toList();
    invitations.move(
        over, Cause.DROP, JournalEntry.of(now, InvitationState.EXPIRED, "its time had passed"));
    return invitations.forget(rows.stream().map(Invitation::id).toList());
  }
}
