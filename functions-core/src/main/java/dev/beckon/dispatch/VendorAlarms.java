package dev.beckon.dispatch;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.invitation.Invitation;
import dev.beckon.pace.Pace;
import dev.beckon.pace.Turns;
import dev.beckon.vendor.SendResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Tells people what is wrong with a vendor account, once per cause. Thread-safe. */
final class VendorAlarms {
  private final String vendorAccount;
  private final EventLog events;

  VendorAlarms(String vendorAccount, EventLog events) {
    this.vendorAccount = vendorAccount;
    this.events = events;
  }

  /** Somebody must mend the vendor account: told once a batch. */
  void refused(SendGroup.Item item, SendResult result, Instant now) {
    Invitation row = item.invitation();
    events.write(
        new Event(
            now,
            Event.Level.ERROR,
            "vendor-refuses-us",
            "vendor-refuses-us/" + row.account() + "/" + vendorAccount + "/" + row.batch(),
            row.account(),
            "batch "
                + row.batch()
                + ": vendor account "
                + vendorAccount
                + " is refused: "
                + result.reason()
                + (item.chain().hasOthers()
                    ? "; its rows go to the next vendor account: mend its settings"
                    : "; mend its settings, then send them again: ./beckon redrive --batch "
                        + row.batch())));
  }

  /** Those of the rows that go out through this vendor account instead of their first. */
  void detours(List<SendGroup.Item> items, Instant now) {
    items.stream()
        .map(item -> item.chain().first().settings().name())
        .filter(first -> !first.equals(vendorAccount))
        .distinct()
        .forEach(from -> failedOver(items.getFirst().invitation().account(), from, now));
  }

  /** Told once an hour. */
  private void failedOver(String account, String from, Instant now) {
    events.write(
        new Event(
            now,
            Event.Level.WARNING,
            "vendor-failed-over",
            "vendor-failed-over/" + account + "/" + from + "/" + now.truncatedTo(ChronoUnit.HOURS),
            account,
            "vendor account "
                + from
                + " does not take rows; they go out through "
                + vendorAccount
                + " until it does. Nothing needs to be sent again; the journals of the rows say why"));
  }

  /** What its limits and its pace came to. */
  void tell(SendGroup group, Turns turns, Instant now) {
    String account = group.items().getFirst().invitation().account();
    group.pace().news().ifPresent(slower -> slowedDown(account, slower, now));
    turns.quotaSpent().ifPresent(at -> quotaSpent(account, at));
  }

  /** Told once a day. */
  private void quotaSpent(String account, Instant at) {
    Instant day = at.truncatedTo(ChronoUnit.DAYS);
    events.write(
        new Event(
            at,
            Event.Level.WARNING,
            "vendor-quota-spent",
            "vendor-quota-spent/" + account + "/" + vendorAccount + "/" + day,
            account,
            "vendor account "
                + vendorAccount
                + " has used its limits.dailyQuota; its rows go on by themselves at "
                + day.plus(1, ChronoUnit.DAYS)));
  }

  /** Told once an hour. */
  private void slowedDown(String account, Pace.SlowedDown slower, Instant now) {
    events.write(
        new Event(
            now,
            Event.Level.WARNING,
            "vendor-slowed-down",
            "vendor-slowed-down/"
                + account
                + "/"
                + vendorAccount
                + "/"
                + now.truncatedTo(ChronoUnit.HOURS),
            account,
            "vendor account "
                + vendorAccount
                + " asked us to slow down; its rows wait until "
                + slower.until()
                + " without spending attempts, then go out at "
                + Math.round(slower.share() * 100)
                + " % of its configured rate, rising again by itself"));
  }

  /** Told once an hour: a vendor that comes and goes fills no log. */
  void opened(String account, Circuit.Opening opening, Instant now) {
    events.write(
        new Event(
            now,
            Event.Level.WARNING,
            "vendor-circuit-open",
            "vendor-circuit-open/"
                + account
                + "/"
                + vendorAccount
                + "/"
                + now.truncatedTo(ChronoUnit.HOURS),
            account,
            "vendor account "
                + vendorAccount
                + " failed "
                + Circuit.FAULTS
                + " calls in a row ("
                + opening.reason()
                + "); its rows wait and are tried again by themselves, first at "
                + opening.until()));
  }
}
