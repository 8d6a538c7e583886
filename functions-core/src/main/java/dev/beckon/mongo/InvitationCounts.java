package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Figure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Counts invitations, in the server. */
final class InvitationCounts {
  private final MongoCollection<Document> invitations;

  InvitationCounts(MongoCollection<Document> invitations) {
    this.invitations = invitations;
  }

  Map<InvitationState, Long> byState(Bson condition) {
    Map<InvitationState, Long> counts = new EnumMap<>(InvitationState.class);
    invitations
        .aggregate(
            List.of(
                Aggregates.match(condition),
                Aggregates.group("$state", Accumulators.sum("rows", 1))))
        .forEach(group ->
            counts.put(
                InvitationState.valueOf(group.getString("_id")), Fields.number(group, "rows")));
    return counts;
  }

  List<Figure> figures(String batch) {
    Document by = new Document("vendor", "$vendor").append("state", "$state");
    return invitations
        .aggregate(
            List.of(
                Aggregates.match(eq("batch", batch)),
                Aggregates.group(
                    by, Accumulators.sum("rows", 1), Accumulators.sum("retries", "$retries"))))
        .map(InvitationCounts::figure)
        .into(new ArrayList<>());
  }

  private static Figure figure(Document group) {
    Document by = group.get("_id", Document.class);
    return new Figure(
        by.get("vendor", ""),
        InvitationState.valueOf(by.getString("state")),
        Fields.number(group, "rows"),
        Fields.number(group, "retries"));
  }
}
