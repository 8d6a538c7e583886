package dev.beckon.invitation;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recipient asked once by one dispatch, as stored. Immutable; a change is a conditional write
 * of the store followed by a new read.
 *
 * @param id {@code <batch>-<row>}, see {@link #id(String, int)}
 * @param row the row's number in its batch, as a person counts it
 * @param hash keyed hash of the recipient, see {@code RecipientHasher}
 * @param sealed address and fields, encrypted
 * @param zone the recipient's, where the row named one; null: the dispatch's holds
 * @param token the unguessable part of the survey link, 128 bits
 * @param notBefore earliest moment of the next attempt
 * @param expires moment from which it is not sent any more
 * @param attempts claims that counted so far
 * @param send id of the current or last claim
 * @param firstSent when the first claim of this episode was made
 * @param redriven number of the redrive parcel that reopened it last; 0 when none did
 * @param episode number of the redrive an operator ordered last; keys the vendor's deduplication,
 *     and a redrive after a late refusal does not change it
 * @param doubtAt the vendor account that may have accepted a request of this episode; null when
 *     none may
 * @param alternative the other address its recipient has, or came from; null when none is known
 * @param reference what its sender calls it; null when they gave no name. Stored in clear
 */
public record Invitation(
    String id,
    String account,
    String dispatch,
    String batch,
    int row,
    Channel channel,
    String hash,
    SealedValue sealed,
    String language,
    @Nullable ZoneId zone,
    String token,
    InvitationState state,
    Instant acceptedAt,
    Instant notBefore,
    Instant expires,
    int attempts,
    @Nullable String send,
    @Nullable Instant firstSent,
    long redriven,
    long episode,
    @Nullable String doubtAt,
    @Nullable Alternative alternative,
    @Nullable String reference,
    List<JournalEntry> journal) {

  /** Stands for a vendor account where it is not known which one may have accepted a request. */
  public static final String ANY_VENDOR = "*";

  public Invitation {
    journal = List.copyOf(journal);
  }

  /** One of which no request may have been accepted, with one address and no reference. */
  public Invitation(
      String id,
      String account,
      String dispatch,
      String batch,
      int row,
      Channel channel,
      String hash,
      SealedValue sealed,
      String language,
      @Nullable ZoneId zone,
      String token,
      InvitationState state,
      Instant acceptedAt,
      Instant notBefore,
      Instant expires,
      int attempts,
      @Nullable String send,
      @Nullable Instant firstSent,
      long redriven,
      long episode,
      List<JournalEntry> journal) {
    this(
        id,
        account,
        dispatch,
        batch,
        row,
        channel,
        hash,
        sealed,
        language,
        zone,
        token,
        state,
        acceptedAt,
        notBefore,
        expires,
        attempts,
        send,
        firstSent,
        redriven,
        episode,
        null,
        null,
        null,
        journal);
  }

  /** The hashes of all addresses it is known to have, the one it goes out by first. */
  public List<String> hashes() {
    return alternative == null ? List.of(hash) : List.of(hash, alternative.hash());
  }

  /** The hashes of the addresses it went out by or is to: all but one it may go on by. */
  public List<String> usedHashes() {
    return alternative == null || alternative.isOpen() ? List.of(hash) : hashes();
  }

  /** What an erased invitation has for a token; no link has it, and no two have the same. */
  public static String erasedToken(String id) {
    return "erased/" + id;
  }

  /** The id of a row: nine digits, so that ids sort as rows do. */
  public static String id(String batch, int row) {
    String digits = Integer.toString(row);
    return batch + "-" + "0".repeat(Math.max(0, 9 - digits.length())) + digits;
  }

  /** Shows no personal value. */
  @Override
  public String toString() {
    return "Invitation[" + id + " " + state + "]";
  }
}
