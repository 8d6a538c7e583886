package dev.beckon.mongo;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.min;
import static com.mongodb.client.model.Updates.set;
import static dev.beckon.mongo.InvitationChanges.DOUBTFUL;
import static dev.beckon.mongo.InvitationChanges.DOUBT_AT;
import static dev.beckon.mongo.InvitationChanges.push;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.invitation.InvitationStore.Claimed;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims rows in one write, then reads which of them it got. */
final class ClaimWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimWriter.class);

  private static final Bson CLAIMED =
      Projections.include("attempts", "firstSent", DOUBTFUL, DOUBT_AT);

  private final MongoCollection<Document> invitations;
  private final MongoCollection<Document> majority;

  /**
   * @param majority the same collection as a majority of the replica set holds it
   */
  ClaimWriter(MongoCollection<Document> invitations, MongoCollection<Document> majority) {
    this.invitations = invitations;
    this.majority = majority;
  }

  List<Claimed> claim(Collection<String> ids, Claim claim) {
    MongoCollection<Document> readFrom = invitations;
    try {
      invitations.updateMany(Raw.idIn(ids, more -> claimable(more, claim)), change(claim));
    } catch (MongoException e) {
      // The driver does not retry updateMany, and it may have been done: only what a majority holds
      // is ours, or a failover could give the same rows to another worker.
      LOG.warn(
          "claim={} got no answer and is read back: {}",
          claim.send(),
          e.getClass().getSimpleName());
      readFrom = majority;
    }
    Bson ours =
        Raw.idIn(
            ids,
            more -> more.text("send", claim.send()).text("state", InvitationState.SENDING.name()));
    return InvitationDocuments.each(
        readFrom
            .find(ours, RawBsonDocument.class)
            .projection(CLAIMED)
            .batchSize(Math.max(1, ids.size())),
        row -> claimed(row, claim.now()));
  }

  private static void claimable(Raw condition, Claim claim) {
    condition
        .document("state")
        .in(InvitationState.SENDING.from(Cause.CLAIM).stream().map(Enum::name).toList())
        .end()
        .text("channel", claim.channel().label())
        .whole("redriven", claim.redriven())
        .document("notBefore")
        .date("$lte", claim.now())
        .end();
  }

  private static Bson change(Claim claim) {
    return combine(
        set("state", InvitationState.SENDING.name()),
        set("send", claim.send()),
        set("sendUntil", Date.from(claim.until())),
        set("vendor", claim.vendor()),
        inc("attempts", 1),
        min("firstSent", Date.from(claim.now())), // sets it where it is absent
        push(claim.entry()));
  }

  private static Claimed claimed(RawFields row, Instant now) {
    Instant first = row.dateOrNull("firstSent");
    return new Claimed(
        row.text("_id"),
        row.whole("attempts"),
        first == null ? now : first,
        row.isTrue(DOUBTFUL),
        row.textOrNull(DOUBT_AT));
  }
}
