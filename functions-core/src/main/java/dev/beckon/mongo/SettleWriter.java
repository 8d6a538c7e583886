package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static dev.beckon.mongo.InvitationChanges.DOUBTFUL;
import static dev.beckon.mongo.InvitationChanges.DOUBT_AT;
import static dev.beckon.mongo.InvitationChanges.push;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.beckon.invitation.ChannelSwitch;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes outcomes of sends, again and again where the store fails for a passing reason. */
final class SettleWriter {
  private static final Logger LOG = LoggerFactory.getLogger(SettleWriter.class);

  /**
   * Between two tries of a settle; a store that comes back is met soon, a broken one not hammered.
   */
  private static final Duration AGAIN_AFTER = Duration.ofMillis(250);

  private final MongoCollection<Document> invitations;
  private final Clock clock;

  SettleWriter(MongoCollection<Document> invitations, Clock clock) {
    this.invitations = invitations;
    this.clock = clock;
  }

  int settle(List<Settlement> settlements, Instant giveUpAt) {
    if (settlements.isEmpty()) {
      return 0;
    }
    List<WriteModel<Document>> writes = new ArrayList<>(settlements.size());
    for (Settlement settlement : settlements) {
      writes.add(write(settlement));
    }
    int applied = 0;
    while (true) {
      try {
        return applied
            + invitations
                .bulkWrite(writes, new BulkWriteOptions().ordered(false))
                .getMatchedCount();
      } catch (MongoBulkWriteException e) {
        applied += e.getWriteResult().getMatchedCount();
        List<WriteModel<Document>> tried = writes;
        List<WriteModel<Document>> failed = new ArrayList<>();
        e.getWriteErrors().forEach(error -> failed.add(tried.get(error.getIndex())));
        if (failed.isEmpty() || !clock.instant().isBefore(giveUpAt)) {
          throw e;
        }
        writes = failed;
      } catch (MongoException e) {
        // The whole write may or may not have been done; every entry is conditional on its send, so
        // doing it again is harmless, but what was applied before does not count again.
        if (!clock.instant().isBefore(giveUpAt)) {
          throw e;
        }
        LOG.warn(
            "settling {} rows failed and is tried again: {}",
            writes.size(),
            e.getClass().getSimpleName());
        LockSupport.parkNanos(AGAIN_AFTER.toNanos());
      }
    }
  }

  static UpdateOneModel<Document> write(Settlement settlement) {
    return new UpdateOneModel<>(
        and(
            eq("_id", settlement.id()),
            eq("send", settlement.send()),
            InvitationChanges.from(settlement.to(), settlement.cause())),
        update(settlement));
  }

  private static Bson update(Settlement settlement) {
    List<Bson> changes = new ArrayList<>();
    changes.add(set("state", settlement.to().name()));
    changes.add(unset("sendUntil"));
    changes.add(push(settlement.entry()));
    Instant notBefore = settlement.notBefore();
    if (notBefore != null) {
      changes.add(set("notBefore", Date.from(notBefore)));
    }
    if (settlement.to() == InvitationState.RETRY) {
      changes.add(inc("retries", 1));
    }
    if (settlement.doubtful()) {
      changes.add(set(DOUBTFUL, true));
      changes.add(set(DOUBT_AT, settlement.entry().vendor()));
    }
    ChannelSwitch goesOn = settlement.goesOn();
    if (goesOn != null) {
      changes.add(InvitationChanges.goOn(goesOn));
    } else if (settlement.returnAttempt()) {
      changes.add(inc("attempts", -1));
    }
    return combine(changes);
  }
}
