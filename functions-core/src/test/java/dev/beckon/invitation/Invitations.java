package dev.beckon.invitation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds invitations for tests; instants are whole milliseconds, as stores keep them. */
public final class Invitations {
  /** The moment all test invitations are accepted. */
  public static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

  private String batch = "b1";
  private String account = "acme";
  private String dispatch = "welcome";
  private InvitationState state = InvitationState.ACCEPTED;
  private Instant notBefore = NOON;
  private @Nullable ZoneId zone;
  private int attempts;
  private long redriven;
  private @Nullable String send;
  private @Nullable SealedValue sealed;
  private @Nullable Alternative alternative;
  private @Nullable String reference;

  private Invitations() {}

  /** An ACCEPTED e-mail invitation of dispatch {@code welcome}, due at {@link #NOON}. */
  public static Invitations sample() {
    return new Invitations();
  }

  public Invitations batch(String batch) {
    this.batch = batch;
    return this;
  }

  public Invitations of(String account, String dispatch) {
    this.account = account;
    this.dispatch = dispatch;
    return this;
  }

  public Invitations state(InvitationState state) {
    this.state = state;
    return this;
  }

  public Invitations notBefore(Instant notBefore) {
    this.notBefore = notBefore;
    return this;
  }

  public Invitations zone(ZoneId zone) {
    this.zone = zone;
    return this;
  }

  public Invitations attempts(int attempts) {
    this.attempts = attempts;
    return this;
  }

  public Invitations redriven(long redriven) {
    this.redriven = redriven;
    return this;
  }

  /** As a row that was claimed under this id before. */
  public Invitations send(String send) {
    this.send = send;
    return this;
  }

  public Invitations sealed(SealedValue sealed) {
    this.sealed = sealed;
    return this;
  }

  /** Whose recipients have another address. */
  public Invitations alternative(Alternative alternative) {
    this.alternative = alternative;
    return this;
  }

  public Invitations reference(String reference) {
    this.reference = reference;
    return this;
  }

  /** The invitation of one row. */
  public Invitation row(int row) {
    return new Invitation(
        Invitation.id(batch, row),
        account,
        dispatch,
        batch,
        row,
        Channel.EMAIL,
        "k1:" + batch + row,
        sealed == null ? new SealedValue(new byte[] {1, (byte) row, -7}) : sealed,
        "en",
        zone,
        "token-" + batch + "-" + row,
        state,
        NOON,
        notBefore,
        NOON.plus(Duration.ofDays(7)),
        attempts,
        send,
        send == null ? null : NOON,
        redriven,
        0,
        null,
        alternative,
        reference,
        List.of(JournalEntry.of(NOON, state, "accepted")));
  }

  /** The invitations of rows 1 to n. */
  public List<Invitation> rows(int n) {
    return IntStream.rangeClosed(1, n).mapToObj(this::row).toList();
  }

  public static List<String> ids(List<Invitation> invitations) {
    return invitations.stream().map(Invitation::id).toList();
  }
}
