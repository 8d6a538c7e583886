package dev.beckon.dispatch;

import dev.beckon.account.AccountSource;
import dev.beckon.events.EventLog;
import dev.beckon.intake.Contacts;
import dev.beckon.intake.Intake;
import dev.beckon.intake.SealedFields;
import dev.beckon.intake.SuppressedRecipients;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.telemetry.Telemetry;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What the dispatch room is built of; every part is thread-safe. */
public record DispatchParts(
    AccountSource accounts,
    InvitationStore invitations,
    ParcelStore parcels,
    SuppressedRecipients suppressed,
    Contacts contacts,
    BatchGates gates,
    Nudger nudger,
    EventLog events,
    Intake intake,
    SealedFields sealed,
    VendorPool vendors,
    Renderers renderers,
    RandomGenerator random,
    Clock clock,
    Telemetry telemetry) {

  /** Writes to the invitations that are counted. */
  CountedWrites writes() {
    return new CountedWrites(invitations, telemetry.meter());
  }

  public Dispatcher dispatcher() {
    return new Dispatcher(this);
  }

  public Pause pause() {
    return new Pause(this);
  }

  public Sweep sweep() {
    return new Sweep(this);
  }

  /** For messages that no invitation stands behind. */
  public DirectSend directSend() {
    return new DirectSend(vendors, clock);
  }

  public DeadLetters deadLetters() {
    return new DeadLetters(this);
  }
}
