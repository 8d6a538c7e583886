package dev.beckon.dispatch;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Parcel;
import java.time.Instant;
import java.util.List;

/** Rows that our own configuration keeps from going out. Thread-safe. */
final class ConfigurationFaults {
  private final ClaimGate gate;
  private final EventLog events;

  ConfigurationFaults(ClaimGate gate, EventLog events) {
    this.gate = gate;
    this.events = events;
  }

  /** The rows are refused with the reason, and somebody is told once a batch. */
  void unconfigured(Parcel parcel, List<String> ids, String problem, Instant now) {
    gate.drop(ids, InvitationState.FAILED, "our configuration: " + problem, now);
    events.write(
        new Event(
            now,
            Event.Level.ERROR,
            "dispatch-unconfigured",
            "dispatch-unconfigured/"
                + parcel.account()
                + "/"
                + parcel.dispatch()
                + "/"
                + parcel.batch(),
            parcel.account(),
            "batch "
                + parcel.batch()
                + ": "
                + problem
                + "; mend the configuration, then send them again: ./beckon redrive --batch "
                + parcel.batch()));
  }
}
