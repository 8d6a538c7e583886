package dev.beckon.dispatch;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Dispatch;
import dev.beckon.account.Policy;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.intake.FatigueWindows;
import dev.beckon.intake.Intake;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.privacy.Failures;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Metric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timer's work: expires claims whose worker is gone, hints at due parcels, finishes intakes
 * that never came to their end. Everything it does may run twice at once. Thread-safe.
 */
public final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /** An intake older than this is taken as stopped. */
  private static final Duration STALE = Duration.ofMinutes(15);

  /** After this the missing rows of an intake are given up. */
  private static final Duration ABANDONED = Duration.ofHours(24);

  private static final int PARCELS_A_RUN = 1_000;

  private final AccountSource accounts;
  private final CountedWrites writes;
  private final ParcelStore parcels;
  private final Intake intake;
  private final Nudger nudger;
  private final EventLog events;
  private final Clock clock;
  private final Meter meter;

  Sweep(DispatchParts parts) {
    this.accounts = parts.accounts();
    this.writes = parts.writes();
    this.parcels = parts.parcels();
    this.intake = parts.intake();
    this.nudger = parts.nudger();
    this.events = parts.events();
    this.clock = parts.clock();
    this.meter = parts.telemetry().meter();
  }

  /** One run; called every minute. */
  public void run() {
    Instant now = clock.instant();
    int expired = writes.expireClaims(now, resendable()).rows();
    if (expired > 0) {
      LOG.warn("sweep expired={} claims outlived their worker", expired);
      events.write(
          new Event(
              now,
              Event.Level.WARNING,
              "claims-expired",
              "claims-expired/" + now.truncatedTo(ChronoUnit.MINUTES),
              "",
              expired
                  + " claims outlived their worker; rows whose request may have been written are held as in doubt"));
    }
    parcels.stale(now.minus(STALE), PARCELS_A_RUN).forEach(parcel -> tryFinish(parcel, now));
    int due = nudger.nudgeDue(PARCELS_A_RUN);
    meter.record(
        Metric.OLDEST_PARCEL_AGE,
        Map.of(),
        parcels.oldestDue(now).map(since -> Duration.between(since, now).toMillis()).orElse(0L)
            / 1_000.0);
    LOG.debug("sweep due={} expired={}", due, expired);
  }

  /** One parcel that cannot be finished never keeps the others from being hinted at. */
  private void tryFinish(Parcel parcel, Instant now) {
    try {
      finish(parcel, now);
    } catch (RuntimeException e) {
      LOG.error(
          "parcel={} could not be finished and is tried again: {}", parcel.id(), Failures.tell(e));
    }
  }

  private void finish(Parcel parcel, Instant now) {
    FatigueWindows windows =
        accounts
            .find(parcel.account())
            .map(account -> FatigueWindows.of(account, parcel.dispatch()))
            .orElseGet(FatigueWindows::none);
    if (!intake.finish(parcel, windows) && parcel.createdAt().isBefore(now.minus(ABANDONED))) {
      intake.abandonMissing(parcel);
    }
  }

  /** The dispatches whose policy allows a resend, with their maximum attempts. */
  private Map<String, Integer> resendable() {
    Map<String, Integer> resendable = new HashMap<>();
    for (Account account : accounts.allWithTwins()) {
      for (Dispatch dispatch : account.dispatches().values()) {
        if (dispatch.policy().inDoubt() == Policy.InDoubt.RESEND) {
          resendable.put(account.id() + "/" + dispatch.id(), dispatch.policy().maxAttempts());
        }
      }
    }
    return resendable;
  }
}
