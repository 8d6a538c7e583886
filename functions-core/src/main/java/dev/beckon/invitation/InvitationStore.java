package dev.beckon.invitation;

import dev.beckon.invitation.InvitationState.Cause;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where invitations live. Every change of state is one conditional write of one document that
 * carries its journal entry; nothing else changes a state. Thread-safe. Collections are bounded by
 * the caller (10,000 ids at most). A store that cannot be reached throws an unchecked exception.
 */
public interface InvitationStore {

  /** Stores new invitations; those whose id is stored already are left as they are. */
  void insert(List<Invitation> invitations);

  /** The invitations stored under these ids, in no order. */
  List<Invitation> load(Collection<String> ids);

  /**
   * What the protocol asks about a row.
   *
   * @param batch the batch it belongs to
   * @param notBefore earliest moment of its next attempt
   * @param sendUntil until when its claim holds; null when it has none
   * @param redriven number of the redrive parcel that reopened it last
   * @param send id of its current or last claim; null when it had none
   */
  record Standing(
      String id,
      String batch,
      InvitationState state,
      Instant notBefore,
      @Nullable Instant sendUntil,
      long redriven,
      @Nullable String send) {}

  /** How the stored ones among these ids stand, by id. */
  Map<String, Standing> standings(Collection<String> ids);

  /** How those of these rows stand that are not final. */
  List<Standing> unfinished(Collection<String> ids);

  /** How many of the stored ones among these ids, none of them named twice, are in each state. */
  Map<InvitationState, Long> countStates(Collection<String> ids);

  /**
   * A claim: who holds the rows and for how long.
   *
   * @param send a fresh id of this store trip
   * @param until invocation deadline + vendor time-out + 60 s of clock skew
   * @param vendor the vendor account they are claimed for
   * @param channel as the rows were loaded: one that went on to another channel since is left to
   *     whoever loads it anew
   * @param redriven as the rows were loaded: one that was redriven since may have lost its contact
   *     and is left to its new parcel
   * @param note for the journal; empty when there is nothing to add
   */
  record Claim(
      String send,
      Instant now,
      Instant until,
      String vendor,
      Channel channel,
      long redriven,
      String note) {

    public Claim(
        String send, Instant now, Instant until, String vendor, Channel channel, long redriven) {
      this(send, now, until, vendor, channel, redriven, "");
    }

    /** The entry of its rows. */
    public JournalEntry entry() {
      return new JournalEntry(now, InvitationState.SENDING, vendor, note);
    }
  }

  /**
   * A claimed row: attempts include this claim.
   *
   * @param doubtful whether an earlier request for it may have been accepted
   * @param doubtAt the vendor account that may have accepted one of this episode; null when none
   *     may
   */
  record Claimed(
      String id, int attempts, Instant firstSent, boolean doubtful, @Nullable String doubtAt) {}

  /**
   * Moves due rows from ACCEPTED or RETRY to SENDING under this claim and reads back which ones are
   * held by it. Only rows returned may be sent. Also correct when the write's answer is lost.
   */
  List<Claimed> claim(Collection<String> ids, Claim claim);

  /**
   * An outcome to be written on {@code {_id, send}}.
   *
   * @param cause SETTLE or SETTLE_RESENDABLE
   * @param notBefore for RETRY, when it may go out again; otherwise null
   * @param returnAttempt whether the claim's attempt is given back
   * @param doubtful whether this send may have been accepted, by the entry's vendor, though the row
   *     goes out again
   * @param goesOn when not null, the row goes on by another channel: attempts and first send begin
   *     anew
   */
  record Settlement(
      String id,
      String send,
      Cause cause,
      InvitationState to,
      JournalEntry entry,
      @Nullable Instant notBefore,
      boolean returnAttempt,
      boolean doubtful,
      @Nullable ChannelSwitch goesOn) {

    /** One of a row that stays on its channel. */
    public Settlement(
        String id,
        String send,
        Cause cause,
        InvitationState to,
        JournalEntry entry,
        @Nullable Instant notBefore,
        boolean returnAttempt,
        boolean doubtful) {
      this(id, send, cause, to, entry, notBefore, returnAttempt, doubtful, null);
    }
  }

  /**
   * Writes outcomes; each applies only where {@link InvitationState#from} allows it and the send id
   * is still the row's. Entries that failed for a passing reason are written again until {@code
   * giveUpAt}.
   *
   * @return how many applied
   */
  int settle(List<Settlement> settlements, Instant giveUpAt);

  /**
   * Moves rows for a cause that needs no send id (INTAKE, DROP), where {@link InvitationState#from}
   * allows it. A row that is dropped, but of which an earlier request may have been accepted,
   * becomes IN_DOUBT instead.
   *
   * @return how many moved
   */
  Moved move(Collection<String> ids, Cause cause, JournalEntry entry);

  /**
   * What {@link #move} did.
   *
   * @param rows how many it moved
   * @param inDoubt those of them that became IN_DOUBT instead
   */
  record Moved(int rows, int inDoubt) {}

  /**
   * Moves every row of a batch for cause DROP, where {@link InvitationState#from} allows it.
   *
   * @return how many moved
   */
  long moveBatch(String batch, JournalEntry entry);

  /**
   * Puts rows in ACCEPTED or RETRY off until a time; those that are due later already are left as
   * they are. Neither state nor attempts change.
   *
   * @param why for the journal, written once for each time
   * @return how many were put off
   */
  int postpone(Collection<String> ids, Instant until, Instant now, String why);

  /**
   * Lets rows go on by their other address, where they still are in the state and on the channel
   * they were loaded with and no request for them may have been accepted. They are due at once;
   * attempts begin anew.
   *
   * @param rows as loaded; those without another address stay as they are
   * @param why for the journal
   * @return how many went on
   */
  int goOn(Collection<Invitation> rows, Instant now, String why);

  /**
   * Turns claims that outlived their worker into IN_DOUBT; for the dispatches in {@code resendable}
   * into RETRY while attempts are left.
   *
   * @param resendable {@code account/dispatch} → maximum attempts
   * @return how many claims were expired
   */
  Expired expireClaims(Instant now, Map<String, Integer> resendable);

  /**
   * What {@link #expireClaims} did.
   *
   * @param inDoubt rows that became IN_DOUBT
   * @param again rows that became RETRY
   */
  record Expired(int inDoubt, int again) {
    public int rows() {
      return inDoubt + again;
    }
  }

  /**
   * What a redrive reopens.
   *
   * @param from the states that are left, where {@link InvitationState#from} allows it
   * @param number rows this number or a higher one reopened already stay as they are
   * @param send when not null, only rows of that send, which become RETRY instead of ACCEPTED
   * @param expires when not null, rows may go out at least until then
   */
  record Reopening(
      Set<InvitationState> from, long number, @Nullable String send, @Nullable Instant expires) {

    public Reopening {
      from = Set.copyOf(from);
    }
  }

  /** Reopens rows for a redrive parcel; they are due at once. */
  void reopen(Collection<String> ids, Reopening reopening, Instant now);

  /** The invitation whose survey link carries this token. */
  Optional<Invitation> byToken(String token);

  /**
   * Notes in the journal that an invitation was answered, the first time only; its state stays.
   *
   * @param asRead as it was loaded
   * @return whether it says so now; false when it has left the state it was read in, or was erased
   */
  boolean answered(Invitation asRead, Instant at);

  /**
   * Invitations of which one address has one of these hashes, whatever their account, in the order
   * of their ids.
   *
   * @param after only ids behind this one; empty for all
   */
  List<Invitation> byHash(Collection<String> hashes, String after, int limit);

  /**
   * Invitations that hold a value sealed under an account's key of a day, in the order of their
   * ids.
   *
   * @param after only ids behind this one; empty for all
   */
  List<Invitation> sealedUnder(String account, LocalDate day, String after, int limit);

  /**
   * Empties the sealed values of final invitations; of the others nothing changes.
   *
   * @return how many were emptied
   */
  int forget(Collection<String> ids);

  /**
   * Takes out of final invitations what leads to a person: sealed value, hash, language and the
   * notes of the journal; the token becomes one that no link has. What counts them stays. Of the
   * others nothing changes.
   *
   * @return how many were erased
   */
  int erase(Collection<String> ids);

  /**
   * A page of a batch's invitations that are in one of these states, in row order.
   *
   * @param after the id of the last one of the page before; empty for the first page
   */
  List<Invitation> page(String batch, Set<InvitationState> states, String after, int limit);

  /** How many invitations of a batch are in each state. */
  Map<InvitationState, Long> countByState(String batch);

  /**
   * How the invitations of a batch stand at one vendor account.
   *
   * @param vendor the vendor account of the last claim; empty for rows never claimed
   * @param retries how often their sends ended in a retry, all together
   */
  record Figure(String vendor, InvitationState state, long rows, long retries) {}

  /** The figures of a batch, one for each vendor account and state that occur. */
  List<Figure> figures(String batch);
}
