package dev.beckon.intake;

import dev.beckon.account.Dispatch;
import dev.beckon.invitation.Alternative;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.Recipient;
import dev.beckon.invitation.SealedValue;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.privacy.RecipientHasher;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Accepts rows: each is refused with a reason or stored as an invitation in exactly one state, and
 * parcels that hold them become ready. A crash at any point is healed by the same request run again
 * (DESIGN §5, intake). Thread-safe.
 */
public final class Intake {
  /** The most rows of one call. */
  public static final int MOST_ROWS = 10_000;

  /** Stands where a token would, in what is only looked at. */
  private static final String SAMPLE_TOKEN = "sample-token";

  private final InvitationStore invitations;
  private final Suppressions suppressions;
  private final ContactFatigue fatigue;
  private final RecipientHasher hasher;
  private final SealedFields sealed;
  private final Outbox outbox;
  private final Tokens tokens;
  private final Clock clock;
  private final RowCheck check = new RowCheck();

  public Intake(
      InvitationStore invitations,
      ParcelStore parcels,
      Suppressions suppressions,
      Contacts contacts,
      RecipientHasher hasher,
      SealedFields sealed,
      Nudger nudger,
      SecureRandom random,
      Clock clock) {
    this.invitations = invitations;
    this.suppressions = suppressions;
    this.fatigue = new ContactFatigue(contacts, invitations);
    this.hasher = hasher;
    this.sealed = sealed;
    this.outbox = new Outbox(parcels, nudger, clock);
    this.tokens = new Tokens(random);
    this.clock = clock;
  }

  /** Accepts rows. Every row of the request is in the receipt, refused or stored. */
  public Receipt accept(IntakeRequest request) {
    List<Refusal> refused = new ArrayList<>();
    return receipt(request, refused, store(request, refused));
  }

  /** Accepts rows as {@link #accept} does, for callers who read back themselves what is stored. */
  public List<Refusal> take(IntakeRequest request) {
    List<Refusal> refused = new ArrayList<>();
    store(request, refused);
    return refused;
  }

  private List<Invitation> store(IntakeRequest request, List<Refusal> refused) {
    List<Invitation> rows = draft(request, refused, tokens::next);
    if (!rows.isEmpty()) {
      List<Parcel> filled = outbox.store(request, rows);
      invitations.insert(rows);
      contend(rows, FatigueWindows.of(request.account(), request.dispatch().id()));
      outbox.release(filled, rows);
    }
    return rows;
  }

  /** Rows as {@link #check} found them; a draft is stored nowhere. */
  public record Checked(List<Refusal> refused, List<Invitation> drafts) {}

  /** Looks at rows as {@link #accept} does and stores nothing; contacts are not contended for. */
  public Checked check(IntakeRequest request) {
    List<Refusal> refused = new ArrayList<>();
    return new Checked(refused, draft(request, refused, () -> SAMPLE_TOKEN));
  }

  /**
   * Looks at one row by itself, and stores nothing.
   *
   * @return whom it may go to if it is accepted; nobody where it would be refused
   */
  public List<Recipient> reaches(Row row, Dispatch dispatch) {
    return switch (check.check(row, dispatch)) {
      case RowCheck.Outcome.Sound(Recipient recipient, ZoneId any, Recipient other) ->
          other == null ? List.of(recipient) : List.of(recipient, other);
      case RowCheck.Outcome.Refused refused -> List.of();
    };
  }

  /** Why a row by itself would be refused; empty when it would not. */
  public Optional<Refusal> refusal(Row row, Dispatch dispatch) {
    return check.check(row, dispatch) instanceof RowCheck.Outcome.Refused(Refusal refusal)
        ? Optional.of(refusal)
        : Optional.empty();
  }

  /**
   * Finishes a parcel whose intake never came to its end, once all its rows are stored.
   *
   * @return false while rows are missing
   */
  public boolean finish(Parcel parcel, FatigueWindows windows) {
    List<Invitation> stored = invitations.load(parcel.ids());
    if (stored.size() < parcel.rows().size()) {
      return false;
    }
    contend(stored, windows);
    outbox.release(List.of(parcel), stored);
    return true;
  }

  /**
   * Gives up the rows of a parcel that were never stored: they are stored as CANCELLED, which shuts
   * out a late writer.
   */
  public void abandonMissing(Parcel parcel) {
    Set<String> stored = invitations.standings(parcel.ids()).keySet();
    Instant now = clock.instant();
    List<Invitation> missing = new ArrayList<>();
    for (int row : parcel.rows().rows()) {
      String id = Invitation.id(parcel.batch(), row);
      if (!stored.contains(id)) {
        missing.add(placeholder(parcel, id, row, now));
      }
    }
    invitations.insert(missing);
  }

  private List<Invitation> draft(
      IntakeRequest request, List<Refusal> refused, Supplier<String> tokenOf) {
    List<Sound> sound = new ArrayList<>(request.rows().size());
    List<String> every = new ArrayList<>(request.rows().size());
    for (Row row : request.rows()) {
      switch (check.check(row, request.dispatch())) {
        case RowCheck.Outcome.Sound ok -> {
          List<String> hashes = hasher.all(ok.recipient());
          every.addAll(hashes);
          Recipient other = ok.other();
          List<String> others = other == null ? List.of() : hasher.all(other);
          every.addAll(others);
          String id = Invitation.id(request.batch(), row.number());
          sound.add(new Sound(row, ok.recipient(), ok.zone(), id, hashes, other, others));
        }
        case RowCheck.Outcome.Refused no -> refused.add(no.refusal());
      }
    }
    Set<String> suppressed = suppressions.among(request.account().id(), every);
    Map<String, InvitationState> held = heldUnderOldKeys(request, sound);
    Set<String> seen = HashSet.newHashSet(sound.size());
    List<Invitation> drafts = new ArrayList<>(sound.size());
    for (Sound row : sound) {
      boolean unwanted = !Collections.disjoint(suppressed, row.hashes());
      JournalEntry first = first(request, row, unwanted, held.get(row.id()), seen);
      boolean staysHere =
          first.state() != InvitationState.ACCEPTED
              || !Collections.disjoint(suppressed, row.others());
      drafts.add(invitation(request, staysHere ? row.alone() : row, tokenOf.get(), first));
    }
    return drafts;
  }

  /**
   * A row that passed the check.
   *
   * @param hashes its recipient's under every key, the current one first
   * @param other the recipient's address on a later channel
   * @param others the hashes of that; none without it
   */
  private record Sound(
      Row row,
      Recipient recipient,
      @Nullable ZoneId zone,
      String id,
      List<String> hashes,
      @Nullable Recipient other,
      List<String> others) {
    String hash() {
      return hashes.getFirst();
    }

    Sound alone() {
      return new Sound(row, recipient, zone, id, hashes, null, List.of());
    }

    @Nullable Alternative alternative(Instant from, @Nullable Duration after) {
      return other == null || after == null
          ? null
          : new Alternative(other.channel(), others.getFirst(), from.plus(after));
    }
  }

  /**
   * While hash keys rotate: contacts taken under an older key, which the current one cannot see.
   */
  private Map<String, InvitationState> heldUnderOldKeys(IntakeRequest request, List<Sound> rows) {
    if (!hasher.isRotating()) {
      return Map.of();
    }
    String account = request.account().id();
    String dispatch = request.dispatch().id();
    FatigueWindows windows = FatigueWindows.of(request.account(), dispatch);
    Map<String, List<String>> wanted = new HashMap<>();
    rows.forEach(row ->
        wanted.put(
            row.id(),
            row.hashes().stream()
                .skip(1)
                .flatMap(
                    hash -> windows.contactsOf(account, dispatch, request.batch(), hash).stream())
                .toList()));
    return fatigue.held(wanted, request.batch(), clock.instant());
  }

  private static JournalEntry first(
      IntakeRequest request,
      Sound row,
      boolean unwanted,
      @Nullable InvitationState held,
      Set<String> seen) {
    Instant at = request.acceptedAt();
    if (unwanted) {
      return JournalEntry.of(
          at, InvitationState.SUPPRESSED, "the recipient is on the suppression list");
    }
    if (!Sampler.keeps(row.id(), request.dispatch().policy().sampling())) {
      return JournalEntry.of(at, InvitationState.SAMPLED_OUT, "not in the sample");
    }
    if (!seen.add(row.hash())) {
      return JournalEntry.of(
          at, InvitationState.DUPLICATE, "an earlier row asks the same recipient");
    }
    if (held != null) {
      return JournalEntry.of(at, held, why(held));
    }
    return JournalEntry.of(at, InvitationState.ACCEPTED, "");
  }

  private Invitation invitation(
      IntakeRequest request, Sound sound, String token, JournalEntry first) {
    Dispatch dispatch = request.dispatch();
    Row row = sound.row();
    Recipient recipient = sound.recipient();
    String language =
        row.language() == null ? null : row.language().strip().toLowerCase(Locale.ROOT);
    return new Invitation(
        sound.id(),
        request.account().id(),
        dispatch.id(),
        request.batch(),
        row.number(),
        recipient.channel(),
        sound.hash(),
        first.state() == InvitationState.ACCEPTED
            ? sealed.seal(
                request.account().id(), recipient.address(), sound.other(), kept(row, dispatch))
            : SealedValue.NONE, // it never goes out
        dispatch.languageFor(language),
        sound.zone(),
        token,
        first.state(),
        request.acceptedAt(),
        request.notBefore(),
        request.notBefore().plus(dispatch.policy().expires()),
        0,
        null,
        null,
        0,
        0,
        null,
        sound.alternative(request.notBefore(), dispatch.policy().nextChannelAfter()),
        row.reference(),
        List.of(first));
  }

  /** What a row says in the fields of its dispatch; nothing else of it is stored. */
  private static Map<String, String> kept(Row row, Dispatch dispatch) {
    Map<String, String> kept = HashMap.newHashMap(dispatch.fields().size());
    for (String field : dispatch.fields().keySet()) {
      String value = row.fields().get(field);
      if (value != null && !value.isBlank()) {
        kept.put(field, value);
      }
    }
    return kept;
  }

  private void contend(List<Invitation> rows, FatigueWindows windows) {
    List<Invitation> accepted =
        rows.stream().filter(row -> row.state() == InvitationState.ACCEPTED).toList();
    Map<InvitationState, List<String>> losers = new EnumMap<>(InvitationState.class);
    fatigue
        .contend(accepted, windows, clock.instant())
        .forEach((id, state) -> losers.computeIfAbsent(state, any -> new ArrayList<>()).add(id));
    losers.forEach((state, ids) -> lose(ids, state));
  }

  private void lose(Collection<String> ids, InvitationState state) {
    invitations.move(ids, Cause.INTAKE, JournalEntry.of(clock.instant(), state, why(state)));
  }

  private static String why(InvitationState lost) {
    return lost == InvitationState.DUPLICATE
        ? "another row of the batch asks the same recipient"
        : "the recipient was asked too recently";
  }

  private Receipt receipt(IntakeRequest request, List<Refusal> refused, List<Invitation> rows) {
    Map<InvitationState, Integer> stored = new EnumMap<>(InvitationState.class);
    invitations
        .countStates(rows.stream().map(Invitation::id).toList())
        .forEach((state, count) ->
            stored.merge(Receipt.atIntake(state), Math.toIntExact(count), Integer::sum));
    return new Receipt(request.rows().size(), refused, stored);
  }

  private Invitation placeholder(Parcel parcel, String id, int row, Instant now) {
    return new Invitation(
        id,
        parcel.account(),
        parcel.dispatch(),
        parcel.batch(),
        row,
        Channel.EMAIL,
        "",
        SealedValue.NONE,
        "",
        null,
        tokens.next(),
        InvitationState.CANCELLED,
        now,
        now,
        now,
        0,
        null,
        null,
        0,
        0,
        List.of(JournalEntry.of(now, InvitationState.CANCELLED, "its intake never stored it")));
  }
}
