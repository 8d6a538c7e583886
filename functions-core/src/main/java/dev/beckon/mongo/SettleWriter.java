package dev.beckon.mongo;

import static dev.beckon.mongo.InvitationChanges.DOUBTFUL;
import static dev.beckon.mongo.InvitationChanges.DOUBT_AT;
import static dev.beckon.mongo.InvitationChanges.HASH;
import static dev.beckon.mongo.InvitationChanges.OTHER_HASH;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.beckon.invitation.ChannelSwitch;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
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

  /** What settlements have in common that are one write: all but the row. */
  private record Alike(
      String send,
      Cause cause,
      InvitationState to,
      JournalEntry entry,
      @Nullable Instant notBefore,
      boolean returnAttempt,
      boolean doubtful,
      @Nullable ChannelSwitch goesOn) {
    static Alike of(Settlement settlement) {
      return new Alike(
          settlement.send(),
          settlement.cause(),
          settlement.to(),
          settlement.entry(),
          settlement.notBefore(),
          settlement.returnAttempt(),
          settlement.doubtful(),
          settlement.goesOn());
    }
  }

  int settle(List<Settlement> settlements, Instant giveUpAt) {
    if (settlements.isEmpty()) {
      return 0;
    }
    List<WriteModel<Document>> writes = writes(settlements);
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
            settlements.size(),
            e.getClass().getSimpleName());
        LockSupport.parkNanos(AGAIN_AFTER.toNanos());
      }
    }
  }

  /**
   * One write for all rows that end alike, as those of one call to a bulk vendor do: 0.2 µs of CPU
   * a row, against 9 for a write of its own. Each row is still changed by itself, or not.
   */
  static List<WriteModel<Document>> writes(List<Settlement> settlements) {
    Map<Alike, List<String>> alike = new LinkedHashMap<>();
    for (Settlement settlement : settlements) {
      alike.computeIfAbsent(Alike.of(settlement), any -> new ArrayList<>(1)).add(settlement.id());
    }
    List<WriteModel<Document>> writes = new ArrayList<>(alike.size());
    alike.forEach((what, ids) -> {
      RawBsonDocument change = Raw.one(512, update -> change(update, what));
      writes.add(
          ids.size() == 1
              ? new UpdateOneModel<>(
                  Raw.one(256, row -> ours(row.text("_id", ids.getFirst()), what)), change)
              : new UpdateManyModel<>(Raw.idIn(ids, rows -> ours(rows, what)), change));
    });
    return writes;
  }

  private static void ours(Raw condition, Alike what) {
    condition
        .text("send", what.send)
        .document("state")
        .in(what.to.from(what.cause).stream().map(Enum::name).toList())
        .end();
  }

  private static void change(Raw change, Alike what) {
    change.document("$set").text("state", what.to.name());
    Instant notBefore = what.notBefore;
    if (notBefore != null) {
      change.date("notBefore", notBefore);
    }
    if (what.doubtful) {
      change.bool(DOUBTFUL, true).text(DOUBT_AT, what.entry.vendor());
    }
    ChannelSwitch goesOn = what.goesOn;
    if (goesOn != null) {
      change
          .text("channel", goesOn.to().label())
          .text(HASH, goesOn.toHash())
          .text(OTHER_HASH, goesOn.fromHash())
          .text(InvitationDocuments.OTHER_CHANNEL, goesOn.from().label())
          .whole("attempts", 0);
    }
    change.end();
    change.document("$unset").text("sendUntil", "");
    if (goesOn != null) {
      change.text(InvitationDocuments.OTHER_AT, "").text("firstSent", "");
    }
    change.end();
    change.document("$push").document("journal").array("$each").document("0");
    InvitationDocuments.write(change, what.entry);
    change.end().end().whole("$slice", -JournalEntry.LIMIT).end().end();
    boolean retry = what.to == InvitationState.RETRY;
    boolean returns = what.returnAttempt && goesOn == null; // they begin anew
    if (retry || returns) {
      change.document("$inc");
      if (retry) {
        change.whole("retries", 1);
      }
      if (returns) {
        change.whole("attempts", -1);
      }
      change.end();
    }
  }
}
