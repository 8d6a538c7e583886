package dev.beckon.batch;

import dev.beckon.account.AccountSource;
import dev.beckon.events.EventLog;
import dev.beckon.intake.Intake;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.BatchGates;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.privacy.RequestHasher;
import dev.beckon.telemetry.Telemetry;
import java.security.SecureRandom;
import java.time.Clock;

/** What batches of requests are built of; every part is thread-safe. */
public record BatchParts(
    AccountSource accounts,
    BatchStore store,
    Intake intake,
    InvitationStore invitations,
    BatchGates gates,
    EventLog events,
    RecipientHasher recipients,
    RequestHasher requests,
    SecureRandom random,
    Clock clock,
    Telemetry telemetry) {

  public Batches batches() {
    return new Batches(this);
  }

  public BatchFigures figures() {
    return new BatchFigures(this);
  }

  public BatchCancel cancel() {
    return new BatchCancel(this);
  }
}
