package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static dev.beckon.mongo.InvitationChanges.DOUBTFUL;
import static dev.beckon.mongo.InvitationChanges.DOUBT_AT;
import static dev.beckon.mongo.InvitationChanges.push;
import static dev.beckon.mongo.InvitationChanges.states;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.beckon.invitation.ChannelSwitch;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.SealedValue;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * Invitations in the collection {@code invitations}. The conditions of all writes come from the
 * transition table of {@link InvitationState}.
 */
public final class MongoInvitationStore implements InvitationStore {
  private static final Bson STANDING =
      Projections.include("batch", "state", "notBefore", "sendUntil", "redriven", "send");

  private static final List<String> FINAL =
      InvitationState.finals().stream().map(Enum::name).toList();

  private static final List<String> OPEN =
      InvitationState.unfinished().stream().map(Enum::name).toList();

  /** Documents of a first answer where usually none or few are found. */
  private static final int SOME = 100;

  /** When its recipient answered first. */
  private static final String ANSWERED_AT = "answeredAt";

  private static final Bson ONLY_ID = Projections.include("_id");

  private static final Binary NOTHING = new Binary(SealedValue.NONE.bytes());

  private final MongoCollection<Document> invitations;
  private final ClaimWriter claiming;
  private final SettleWriter settling;
  private final ClaimExpiry expiry;
  private final InvitationCounts counting;

  public MongoInvitationStore(MongoConnection connection, Clock clock) {
    this.invitations = connection.collection("invitations");
    this.claiming = new ClaimWriter(invitations, connection.majority("invitations"));
    this.settling = new SettleWriter(invitations, clock);
    this.expiry = new ClaimExpiry(invitations);
    this.counting = new InvitationCounts(invitations);
  }

  @Override
  public void insert(List<Invitation> rows) {
    Bulk.insertNew(
        invitations.withDocumentClass(RawBsonDocument.class), InvitationDocuments.documents(rows));
  }

  @Override
  public List<Invitation> load(Collection<String> ids) {
    return InvitationDocuments.invitations(
        invitations.find(Raw.idIn(ids), RawBsonDocument.class).batchSize(ids.size()));
  }

  @Override
  public Map<String, Standing> standings(Collection<String> ids) {
    Map<String, Standing> standings = HashMap.newHashMap(ids.size());
    if (!ids.isEmpty()) {
      stand(Raw.idIn(ids), ids.size()).forEach(row -> standings.put(row.id(), row));
    }
    return standings;
  }

  @Override
  public List<Standing> unfinished(Collection<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return stand(
        Raw.idIn(ids, more -> more.document("state").in(OPEN).end()), Math.min(ids.size(), SOME));
  }

  private List<Standing> stand(Bson condition, int batch) {
    return InvitationDocuments.each(
        invitations.find(condition, RawBsonDocument.class).projection(STANDING).batchSize(batch),
        InvitationDocuments::standing);
  }

  @Override
  public Map<InvitationState, Long> countStates(Collection<String> ids) {
    return ids.isEmpty() ? Map.of() : counting.byState(Raw.idIn(ids));
  }

  @Override
  public List<Claimed> claim(Collection<String> ids, Claim claim) {
    return claiming.claim(ids, claim);
  }

  @Override
  public int settle(List<Settlement> settlements, Instant giveUpAt) {
    return settling.settle(settlements, giveUpAt);
  }

  @Override
  public Expired expireClaims(Instant now, Map<String, Integer> resendable) {
    return expiry.expire(now, resendable);
  }

  @Override
  public Moved move(Collection<String> ids, Cause cause, JournalEntry entry) {
    if (ids.isEmpty()) {
      return new Moved(0, 0);
    }
    return moveThose(in("_id", ids), cause, entry);
  }

  @Override
  public long moveBatch(String batch, JournalEntry entry) {
    return moveThose(eq("batch", batch), Cause.DROP, entry).rows();
  }

  private Moved moveThose(Bson which, Cause cause, JournalEntry entry) {
    Bson movable = and(which, InvitationChanges.from(entry.state(), cause));
    int inDoubt = 0;
    if (cause == Cause.DROP) {
      inDoubt = update(and(movable, eq(DOUBTFUL, true)), entry.inDoubt());
      movable = and(movable, ne(DOUBTFUL, true));
    }
    return new Moved(inDoubt + update(movable, entry), inDoubt);
  }

  private int update(Bson which, JournalEntry entry) {
    return (int) invitations.updateMany(which, InvitationChanges.to(entry)).getModifiedCount();
  }

  @Override
  public List<Invitation> page(String batch, Set<InvitationState> states, String after, int limit) {
    // Ids begin with their batch, so the range of the id index gives row order without a sort.
    return InvitationDocuments.invitations(
        invitations
            .find(
                and(
                    gt("_id", after.isEmpty() ? batch + "-" : after),
                    lt("_id", batch + "."),
                    eq("batch", batch),
                    in("state", states.stream().map(Enum::name).toList())),
                RawBsonDocument.class)
            .sort(Sorts.ascending("_id"))
            .limit(limit));
  }

  @Override
  public int postpone(Collection<String> ids, Instant until, Instant now, String why) {
    if (ids.isEmpty()) {
      return 0;
    }
    List<WriteModel<Document>> writes = new ArrayList<>();
    for (InvitationState state : InvitationState.SENDING.from(Cause.CLAIM)) {
      writes.add(
          new UpdateManyModel<>(
              and(in("_id", ids), eq("state", state.name()), lt("notBefore", Date.from(until))),
              combine(set("notBefore", Date.from(until)), push(JournalEntry.of(now, state, why)))));
    }
    return invitations.bulkWrite(writes, new BulkWriteOptions().ordered(false)).getModifiedCount();
  }

  @Override
  public int goOn(Collection<Invitation> rows, Instant now, String why) {
    List<WriteModel<Document>> writes = new ArrayList<>();
    for (Invitation row : rows) {
      if (!InvitationState.SENDING.from(Cause.CLAIM).contains(row.state())) {
        continue;
      }
      ChannelSwitch.of(row)
          .ifPresent(by ->
              writes.add(
                  new UpdateOneModel<>(
                      and(
                          eq("_id", row.id()),
                          eq("state", row.state().name()),
                          eq("channel", by.from().label()),
                          ne(DOUBTFUL, true)),
                      combine(
                          InvitationChanges.goOn(by),
                          set("notBefore", Date.from(now)),
                          push(JournalEntry.of(now, row.state(), why))))));
    }
    return writes.isEmpty()
        ? 0
        : invitations.bulkWrite(writes, new BulkWriteOptions().ordered(false)).getModifiedCount();
  }

  @Override
  public void reopen(Collection<String> ids, Reopening reopening, Instant now) {
    long number = reopening.number();
    String send = reopening.send();
    Instant expires = reopening.expires();
    InvitationState to = send == null ? InvitationState.ACCEPTED : InvitationState.RETRY;
    Set<InvitationState> allowed = EnumSet.noneOf(InvitationState.class);
    reopening.from().stream().filter(to.from(Cause.REDRIVE)::contains).forEach(allowed::add);
    List<Bson> changes =
        new ArrayList<>(
            List.of(
                set("state", to.name()),
                set("redriven", number),
                set("notBefore", Date.from(now)),
                push(JournalEntry.of(now, to, "redrive " + number))));
    if (expires != null) {
      changes.add(max("expires", Date.from(expires)));
    }
    Bson older = and(in("_id", ids), not(gte("redriven", number)));
    if (send != null) {
      // The same episode goes on: of its earlier requests one may have been accepted.
      invitations.updateMany(and(older, states(allowed), eq("send", send)), combine(changes));
      return;
    }
    changes.addAll(
        List.of(set("episode", number), set("attempts", 0), unset("firstSent"), unset(DOUBT_AT)));
    List<WriteModel<Document>> writes = new ArrayList<>();
    if (allowed.remove(InvitationState.IN_DOUBT)) {
      writes.add(
          new UpdateManyModel<>(
              and(older, states(EnumSet.of(InvitationState.IN_DOUBT))),
              combine(combine(changes), set(DOUBTFUL, true))));
    }
    writes.add(new UpdateManyModel<>(and(older, states(allowed)), combine(changes)));
    invitations.bulkWrite(writes);
  }

  @Override
  public Optional<Invitation> byToken(String token) {
    return InvitationDocuments.invitations(
            invitations.find(eq("token", token), RawBsonDocument.class).limit(1))
        .stream()
        .findFirst();
  }

  @Override
  public boolean answered(Invitation asRead, Instant at) {
    Bson row = and(eq("_id", asRead.id()), eq("token", asRead.token()));
    return invitations
                .updateOne(
                    and(row, eq("state", asRead.state().name()), exists(ANSWERED_AT, false)),
                    combine(
                        set(ANSWERED_AT, Date.from(at)),
                        push(JournalEntry.answered(at, asRead.state()))))
                .getMatchedCount()
            == 1
        || invitations.find(and(row, exists(ANSWERED_AT))).projection(ONLY_ID).first() != null;
  }

  @Override
  public List<Invitation> byHash(Collection<String> hashes, String after, int limit) {
    return page(in("hash", hashes), after, limit);
  }

  @Override
  public List<Invitation> sealedUnder(String account, LocalDate day, String after, int limit) {
    return page(eq("sealedKey", InvitationDocuments.sealedKey(account, day)), after, limit);
  }

  private List<Invitation> page(Bson filter, String after, int limit) {
    return InvitationDocuments.invitations(
        invitations
            .find(after.isEmpty() ? filter : and(filter, gt("_id", after)), RawBsonDocument.class)
            .sort(Sorts.ascending("_id"))
            .limit(limit));
  }

  @Override
  public int forget(Collection<String> ids) {
    return (int)
        invitations
            .updateMany(
                and(in("_id", ids), in("state", FINAL)),
                combine(set("sealed", NOTHING), unset("sealedKey")))
            .getModifiedCount();
  }

  @Override
  public int erase(Collection<String> ids) {
    List<WriteModel<Document>> writes = new ArrayList<>(ids.size());
    for (String id : ids) {
      writes.add(
          new UpdateOneModel<>(
              and(eq("_id", id), in("state", FINAL)),
              combine(
                  set("sealed", NOTHING),
                  unset("sealedKey"),
                  unset(InvitationDocuments.OTHER_CHANNEL),
                  unset(InvitationDocuments.OTHER_AT),
                  set("hash", ""),
                  set("token", Invitation.erasedToken(id)),
                  set("language", ""),
                  unset("zone"),
                  unset("journal.$[].note"))));
    }
    return writes.isEmpty()
        ? 0
        : invitations.bulkWrite(writes, new BulkWriteOptions().ordered(false)).getModifiedCount();
  }

  @Override
  public Map<InvitationState, Long> countByState(String batch) {
    return counting.byState(eq("batch", batch));
  }

  @Override
  public List<Figure> figures(String batch) {
    return counting.figures(batch);
  }
}
