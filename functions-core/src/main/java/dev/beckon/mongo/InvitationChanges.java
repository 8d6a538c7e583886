package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.model.PushOptions;
import dev.beckon.invitation.ChannelSwitch;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.JournalEntry;
import java.util.List;
import java.util.Set;
import org.bson.conversions.Bson;

/** Conditions and changes that the writes of invitations share. */
final class InvitationChanges {
  /** Set where an earlier request for a row that goes out again may have been accepted. */
  static final String DOUBTFUL = "doubtful";

  /** The vendor account that may have accepted a request of this episode. */
  static final String DOUBT_AT = "doubtAt";

  /** The hash a row goes out by, where it has another. */
  static final String HASH = "hash.0";

  /** The hash of its other address. */
  static final String OTHER_HASH = "hash.1";

  private InvitationChanges() {}

  /** The states that may become another for a cause. */
  static Bson from(InvitationState to, Cause cause) {
    return states(to.from(cause));
  }

  static Bson states(Set<InvitationState> states) {
    return in("state", states.stream().map(Enum::name).toList());
  }

  static Bson push(JournalEntry entry) {
    return pushEach(
        "journal",
        List.of(InvitationDocuments.entry(entry)),
        new PushOptions().slice(-JournalEntry.LIMIT));
  }

  /** What changes of a row that goes on by its other address. */
  static Bson goOn(ChannelSwitch by) {
    return combine(
        set("channel", by.to().label()),
        // by their places: what else it is looked up by stays
        set(HASH, by.toHash()),
        set(OTHER_HASH, by.fromHash()),
        set(InvitationDocuments.OTHER_CHANNEL, by.from().label()),
        unset(InvitationDocuments.OTHER_AT),
        set("attempts", 0),
        unset("firstSent"));
  }

  /** The state of an entry, with the entry. */
  static Bson to(JournalEntry entry) {
    return combine(set("state", entry.state().name()), push(entry));
  }
}
