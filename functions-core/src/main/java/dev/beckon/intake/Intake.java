package dev.beckon.intake;

import dev.beckon.account.Dispatch;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Standing;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.Recipient;
import dev.beckon.invitation.SealedValue;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.privacy.RecipientHasher;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    List<Invitation> rows = draft(request, refused, tokens::next);
    if (!rows.isEmpty()) {
      List<Parcel> filled = outbox.store(request, rows);
      invitations.insert(rows);
      contend(rows, FatigueWindows.of(request.account(), request.dispatch().id()));
      outbox.release(filled, rows);
    }
    return receipt(request, refused, rows);
  }

  /** Rows as {@link #check} found them; a draft is stored nowhere. */
  public record Checked(List<Refusal> refused, List<Invitation> drafts) {}

  /** Looks at rows as {@link #accept} does and stores nothing; contacts are not contended for. */
  public Checked check(IntakeRequest request) {
    List<Refusal> refused = new ArrayList<>();
    return new Checked(refused, draft(request, refused, () -> SAMPLE_TOKEN));
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
    Map<Row, RowCheck.Outcome.Sound> sound = new LinkedHashMap<>();
    for (Row row : request.rows()) {
      switch (check.check(row, request.dispatch())) {
        case RowCheck.Outcome.Sound ok -> sound.put(row, ok);
        case RowCheck.Outcome.Refused no -> refused.add(no.refusal());
      }
    }
    Map<Row, List<String>> hashes = new HashMap<>();
    sound.forEach((row, ok) -> hashes.put(row, hasher.all(ok.recipient())));
    List<String> every = hashes.values().stream().flatMap(List::stream).toList();
    Set<String> suppressed = suppressions.among(request.account().id(), every);
    Map<String, InvitationState> held = heldUnderOldKeys(request, hashes);
    Set<String> seen = new HashSet<>();
    List<Invitation> drafts = new ArrayList<>(sound.size());
    for (Map.Entry<Row, RowCheck.Outcome.Sound> row : sound.entrySet()) {
      List<String> own = hashes.getOrDefault(row.getKey(), List.of());
      String id = Invitation.id(request.batch(), row.getKey().number());
      boolean unwanted = own.stream().anyMatch(suppressed::contains);
      JournalEntry first = first(request, id, own.getFirst(), unwanted, held.get(id), seen);
      drafts.add(
          invitation(
              request, row.getKey(), row.getValue(), id, own.getFirst(), tokenOf.get(), first));
    }
    return drafts;
  }

  /**
   * While hash keys rotate: contacts taken under an older key, which the current one cannot see.
   */
  private Map<String, InvitationState> heldUnderOldKeys(
      IntakeRequest request, Map<Row, List<String>> hashes) {
    if (!hasher.isRotating()) {
      return Map.of();
    }
    String account = request.account().id();
    String dispatch = request.dispatch().id();
    FatigueWindows windows = FatigueWindows.of(request.account(), dispatch);
    Map<String, List<String>> wanted = new HashMap<>();
    hashes.forEach((row, own) ->
        wanted.put(
            Invitation.id(request.batch(), row.number()),
            own.stream()
                .skip(1)
                .flatMap(
                    hash -> windows.contactsOf(account, dispatch, request.batch(), hash).stream())
                .toList()));
    return fatigue.held(wanted, request.batch(), clock.instant());
  }

  private static JournalEntry first(
      IntakeRequest request,
      String id,
      String hash,
      boolean unwanted,
      @Nullable InvitationState held,
      Set<String> seen) {
    Instant at = request.acceptedAt();
    if (unwanted) {
      return JournalEntry.of(
          at, InvitationState.SUPPRESSED, "the recipient is on the suppression list");
    }
    if (!Sampler.keeps(id, request.dispatch().policy().sampling())) {
      return JournalEntry.of(at, InvitationState.SAMPLED_OUT, "not in the sample");
    }
    if (!seen.add(hash)) {
      return JournalEntry.of(
          at, InvitationState.DUPLICATE, "an earlier row asks the same recipient");
    }
    if (held != null) {
      return JournalEntry.of(at, held, why(held));
    }
    return JournalEntry.of(at, InvitationState.ACCEPTED, "");
  }

  private Invitation invitation(
      IntakeRequest request,
      Row row,
      RowCheck.Outcome.Sound sound,
      String id,
      String hash,
      String token,
      JournalEntry first) {
    Dispatch dispatch = request.dispatch();
    Map<String, String> fields = new HashMap<>(row.fields());
    fields.keySet().retainAll(dispatch.fields().keySet());
    fields.values().removeIf(String::isBlank);
    Recipient recipient = sound.recipient();
    String language =
        row.language() == null ? null : row.language().strip().toLowerCase(Locale.ROOT);
    return new Invitation(
        id,
        request.account().id(),
        dispatch.id(),
        request.batch(),
        row.number(),
        recipient.channel(),
        hash,
        first.state() == InvitationState.ACCEPTED
            ? sealed.seal(request.account().id(), recipient.address(), fields)
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
        List.of(first));
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
    Map<String, Standing> standings =
        invitations.standings(rows.stream().map(Invitation::id).toList());
    Map<InvitationState, Integer> stored = new EnumMap<>(InvitationState.class);
    for (Standing standing : standings.values()) {
      stored.merge(atIntake(standing.state()), 1, Integer::sum);
    }
    return new Receipt(request.rows().size(), refused, stored);
  }

  private static InvitationState atIntake(InvitationState state) {
    return switch (state) {
      case TOO_SOON, DUPLICATE, SUPPRESSED, SAMPLED_OUT, CANCELLED -> state;
      case ACCEPTED,
          SENDING,
          RETRY,
          SENT,
          DELIVERED,
          BOUNCED,
          COMPLAINED,
          FAILED,
          DEAD,
          IN_DOUBT,
          EXPIRED ->
          InvitationState.ACCEPTED;
    };
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
