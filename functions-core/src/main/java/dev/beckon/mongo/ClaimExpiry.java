package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static dev.beckon.mongo.InvitationChanges.DOUBTFUL;
import static dev.beckon.mongo.InvitationChanges.DOUBT_AT;
import static dev.beckon.mongo.InvitationChanges.push;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.WriteModel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Expired;
import dev.beckon.invitation.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Ends claims that outlived their worker. */
final class ClaimExpiry {
  private final MongoCollection<Document> invitations;

  ClaimExpiry(MongoCollection<Document> invitations) {
    this.invitations = invitations;
  }

  Expired expire(Instant now, Map<String, Integer> resendable) {
    List<WriteModel<Document>> writes = new ArrayList<>();
    Bson expired =
        and(
            InvitationChanges.from(InvitationState.IN_DOUBT, Cause.SWEEP),
            lt("sendUntil", Date.from(now)));
    resendable.forEach((dispatch, most) -> {
      int slash = dispatch.indexOf('/');
      writes.add(
          new UpdateManyModel<>(
              and(
                  expired,
                  eq("account", dispatch.substring(0, slash)),
                  eq("dispatch", dispatch.substring(slash + 1)),
                  lt("attempts", most)),
              combine(
                  set("state", InvitationState.RETRY.name()),
                  set("notBefore", Date.from(now)),
                  set(DOUBTFUL, true),
                  set(DOUBT_AT, Invitation.ANY_VENDOR),
                  unset("sendUntil"),
                  push(
                      JournalEntry.of(
                          now,
                          InvitationState.RETRY,
                          "its worker is gone; the account allows a resend")))));
    });
    int again = writes.isEmpty() ? 0 : invitations.bulkWrite(writes).getModifiedCount();
    List<Bson> held = new ArrayList<>(List.of(expired));
    resendable.forEach((dispatch, most) -> {
      int slash = dispatch.indexOf('/');
      held.add(
          Filters.nor(
              and(
                  eq("account", dispatch.substring(0, slash)),
                  eq("dispatch", dispatch.substring(slash + 1)),
                  lt("attempts", most))));
    });
    long inDoubt =
        invitations
            .updateMany(
                and(held),
                combine(
                    set("state", InvitationState.IN_DOUBT.name()),
                    unset("sendUntil"),
                    push(
                        JournalEntry.of(
                            now,
                            InvitationState.IN_DOUBT,
                            "its worker is gone; the request may have been written"))))
            .getModifiedCount();
    return new Expired((int) inDoubt, again);
  }
}
