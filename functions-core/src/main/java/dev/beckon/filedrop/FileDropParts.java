package dev.beckon.filedrop;

import dev.beckon.account.AccountSource;
import dev.beckon.events.EventLog;
import dev.beckon.intake.Intake;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.privacy.Sealer;
import dev.beckon.telemetry.Telemetry;
import java.time.Clock;

/**
 * What the file drop is built of; every part is thread-safe.
 *
 * @param files the queue that wakes waiting imports
 * @param chunks the queue of chunks to be accepted
 */
public record FileDropParts(
    AccountSource accounts,
    ObjectStore objects,
    ImportStore imports,
    InvitationStore invitations,
    BatchGates gates,
    Nudger nudger,
    Intake intake,
    MessagePreview previews,
    Sealer sealer,
    WorkQueue files,
    WorkQueue chunks,
    EventLog events,
    Clock clock,
    Telemetry telemetry) {

  public FileDrop fileDrop() {
    return new FileDrop(this);
  }

  public ChunkIntake chunkIntake() {
    return new ChunkIntake(this);
  }

  public ImportFiles importFiles() {
    return new ImportFiles(this);
  }

  public ImportSweep importSweep() {
    return new ImportSweep(this);
  }

  public MissedFiles missedFiles() {
    return new MissedFiles(this);
  }

  public ImportCancel importCancel() {
    return new ImportCancel(this);
  }

  public ImportApproval importApproval() {
    return new ImportApproval(this);
  }

  public ImportForce importForce() {
    return new ImportForce(this);
  }

  public Uploads uploads() {
    return new Uploads(this);
  }

  public ImportFigures importFigures() {
    return new ImportFigures(this);
  }
}
