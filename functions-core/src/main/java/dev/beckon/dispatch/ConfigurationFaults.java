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
    tell(
        parcel,
        problem
            + "; mend the configuration, then send them again: ./beckon redrive --batch "
            + parcel.batch(),
        now);
  }

  /** Rows go out, but not through every vendor account they might: told once a batch. */
  void partly(Parcel parcel, String problem, Instant now) {
    tell(
        parcel,
        problem
            + "; its rows go out through the other vendor accounts of their route: mend the configuration",
        now);
  }

  private void tell(Parcel parcel, String message, Instant now) {
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
            "batch " + parcel.batch() + ": " + message));
  }
}
