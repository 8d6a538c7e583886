package dev.beckon.bed;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.beckon.access.AccessParts;
import dev.beckon.access.ApiKeyStore;
import dev.beckon.access.RequestCounts;
import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Change;
import dev.beckon.account.Dispatch;
import dev.beckon.account.TestTwin;
import dev.beckon.account.TwinnedAccounts;
import dev.beckon.api.ApiParts;
import dev.beckon.app.Previews;
import dev.beckon.batch.BatchParts;
import dev.beckon.batch.BatchStore;
import dev.beckon.dispatch.DispatchParts;
import dev.beckon.dispatch.DispatchPreview;
import dev.beckon.dispatch.Dispatcher;
import dev.beckon.dispatch.Renderer;
import dev.beckon.dispatch.Renderers;
import dev.beckon.dispatch.VendorPool;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.feedback.AnswerStore;
import dev.beckon.feedback.Answers;
import dev.beckon.feedback.Unsubscribe;
import dev.beckon.filedrop.FileDropParts;
import dev.beckon.filedrop.ImportStore;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.intake.Contacts;
import dev.beckon.intake.Intake;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Receipt;
import dev.beckon.intake.Row;
import dev.beckon.intake.SealedFields;
import dev.beckon.intake.SuppressedRecipients;
import dev.beckon.intake.Suppressions;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.SealedValue;
import dev.beckon.memory.MemoryMeter;
import dev.beckon.memory.MemoryObjectStore;
import dev.beckon.memory.MemoryWorkQueue;
import dev.beckon.mongo.MongoAccounts;
import dev.beckon.mongo.MongoAnswerStore;
import dev.beckon.mongo.MongoApiKeys;
import dev.beckon.mongo.MongoBatchGates;
import dev.beckon.mongo.MongoBatchStore;
import dev.beckon.mongo.MongoConnection;
import dev.beckon.mongo.MongoContacts;
import dev.beckon.mongo.MongoErasureOrders;
import dev.beckon.mongo.MongoEventLog;
import dev.beckon.mongo.MongoImports;
import dev.beckon.mongo.MongoInvitationSearch;
import dev.beckon.mongo.MongoInvitationStore;
import dev.beckon.mongo.MongoKeyVault;
import dev.beckon.mongo.MongoNoticeStore;
import dev.beckon.mongo.MongoPaceStore;
import dev.beckon.mongo.MongoParcelStore;
import dev.beckon.mongo.MongoRequestCounts;
import dev.beckon.mongo.MongoSuppressions;
import dev.beckon.notices.NoticeStore;
import dev.beckon.notices.Notices;
import dev.beckon.operations.Configuration;
import dev.beckon.operations.Erasure;
import dev.beckon.operations.ErasureOrders;
import dev.beckon.operations.Operations;
import dev.beckon.operations.SuppressionList;
import dev.beckon.operations.TestSend;
import dev.beckon.pace.PaceStore;
import dev.beckon.pace.RateAdmission;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.privacy.KeyVault;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.privacy.LinkSignatures;
import dev.beckon.privacy.LocalKeyWrapper;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.privacy.RequestHasher;
import dev.beckon.privacy.Sealer;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.telemetry.Tracer;
import dev.beckon.vendor.VendorCatalog;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bson.types.Binary;

/** The real classes on a database of their own, with every port open to cuts. */
public final class World implements AutoCloseable {

  public static final String BATCH = "b1";
  private static final URI PUBLIC_URL = URI.create("https://beckon.example");

  public final TestClock clock;
  public final Cuts cuts = new Cuts();
  public final ScriptedVendor vendor = new ScriptedVendor("scripted");
  public final ScriptedVendor texts = new ScriptedVendor("scripted-sms");

  /** In the simulator's place, for test twins. */
  public final ScriptedVendor simulator = new ScriptedVendor(TestTwin.VENDOR);

  public final MemoryWorkQueue priority = new MemoryWorkQueue();
  public final MemoryWorkQueue bulk = new MemoryWorkQueue();
  public final MemoryWorkQueue files = new MemoryWorkQueue();
  public final MemoryWorkQueue chunks = new MemoryWorkQueue();
  public final MemoryMeter meter = new MemoryMeter();
  public final MemoryObjectStore objects;
  public final RecipientHasher hasher;
  public final AccountSource accounts;
  public final InvitationStore invitations;
  public final ParcelStore parcels;
  public final Contacts contacts;
  public final Suppressions suppressions;
  public final ImportStore imports;
  public final BatchGates gates;
  public final EventLog events;
  public final PlainSecrets secrets = new PlainSecrets();
  public final KeyVault keys;
  public final KeyVault sweptKeys;
  public final SealedFields sealed;
  public final SuppressedRecipients suppressed;
  public final Intake intake;
  public final DispatchParts dispatch;
  public final FileDropParts fileDrop;
  public final BatchParts batches;
  public final ErasureOrders erasures;
  public final AnswerStore answerStore;
  public final Answers answers;
  public final LinkSignatures signatures;
  public final Renderers renderers;
  public final Erasure erasure;
  public final Operations operations;
  public final Notices notices;
  public final AccessParts access;
  public final Configuration configuration;
  private final MongoConnection connection;
  private final MongoClient client;
  private final MongoDatabase database;

  private final String uri;

  World(String uri, String database) {
    this(uri, database, new TestClock(), new Keys("k1", "m1"));
  }

  /** Ids of hash and master keys, the current ones first; {@code k2,k1}. */
  public record Keys(String hash, String master) {}

  private World(String uri, String database, TestClock clock, Keys using) {
    this.uri = uri;
    this.clock = clock;
    this.objects = new MemoryObjectStore(clock);
    this.hasher = new RecipientHasher(made(using.hash()));
    this.signatures = new LinkSignatures(made(using.hash()));
    connection = new MongoConnection(uri, database);
    client = MongoClients.create(uri);
    this.database = client.getDatabase(database);
    connection.migrate();
    accounts = new TwinnedAccounts(new MongoAccounts(connection, Duration.ZERO, clock));
    invitations = cuts.wrap(InvitationStore.class, new MongoInvitationStore(connection, clock));
    parcels = cuts.wrap(ParcelStore.class, new MongoParcelStore(connection));
    contacts = cuts.wrap(Contacts.class, new MongoContacts(connection));
    suppressions = cuts.wrap(Suppressions.class, new MongoSuppressions(connection));
    imports = cuts.wrap(ImportStore.class, new MongoImports(connection));
    gates = cuts.wrap(BatchGates.class, new MongoBatchGates(connection));
    events = cuts.wrap(EventLog.class, new MongoEventLog(connection));
    Telemetry telemetry = new Telemetry(meter, Tracer.NONE);
    SecureRandom random = new SecureRandom();
    keys = new MongoKeyVault(connection);
    sweptKeys = cuts.wrap(KeyVault.class, keys);
    Sealer sealer =
        new Sealer(
            made(using.master()).values().stream()
                .<KeyWrapper>map(key -> new LocalKeyWrapper(key, random))
                .toList(),
            keys,
            clock,
            random);
    sealed = new SealedFields(sealer);
    Nudger nudger =
        new Nudger(
            parcels,
            Map.of(
                Lane.PRIORITY, cuts.wrap(WorkQueue.class, priority),
                Lane.BULK, cuts.wrap(WorkQueue.class, bulk)),
            new RateAdmission(accounts),
            clock);
    intake =
        new Intake(
            invitations, parcels, suppressions, contacts, hasher, sealed, nudger, random, clock);
    suppressed = new SuppressedRecipients(suppressions, hasher, sealed);
    renderers = new Renderers(URI.create("https://beckon.example"), signatures);
    answerStore = cuts.wrap(AnswerStore.class, new MongoAnswerStore(connection));
    answers = new Answers(invitations, answerStore, sealer);
    dispatch =
        new DispatchParts(
            accounts,
            invitations,
            parcels,
            suppressed,
            contacts,
            gates,
            nudger,
            events,
            intake,
            sealed,
            new VendorPool(
                new VendorCatalog(List.of(vendor, texts, simulator)),
                secrets,
                cuts.wrap(PaceStore.class, new MongoPaceStore(connection))),
            renderers,
            new Shortest(),
            clock,
            telemetry);
    fileDrop =
        new FileDropParts(
            accounts,
            cuts.wrap(ObjectStore.class, objects),
            imports,
            invitations,
            gates,
            nudger,
            intake,
            new Previews(renderers, sealed),
            sealer,
            cuts.wrap(WorkQueue.class, files),
            cuts.wrap(WorkQueue.class, chunks),
            events,
            clock,
            telemetry);
    batches =
        new BatchParts(
            accounts,
            cuts.wrap(BatchStore.class, new MongoBatchStore(connection)),
            intake,
            invitations,
            gates,
            events,
            hasher,
            new RequestHasher(made(using.hash())),
            random,
            clock,
            telemetry);
    operations =
        new Operations(
            cuts.wrap(InvitationSearch.class, new MongoInvitationSearch(connection)),
            invitations,
            parcels,
            hasher,
            nudger,
            events,
            clock);
    notices =
        new Notices(
            accounts,
            events,
            cuts.wrap(NoticeStore.class, new MongoNoticeStore(connection)),
            dispatch.directSend()::send,
            PUBLIC_URL,
            clock);
    configuration = new Configuration(accounts, World::problems, events);
    erasures = cuts.wrap(ErasureOrders.class, new MongoErasureOrders(connection));
    erasure =
        new Erasure(
            accounts,
            invitations,
            suppressions,
            contacts,
            answerStore,
            erasures,
            fileDrop.importFiles(),
            hasher,
            events,
            clock);
    access =
        new AccessParts(
            cuts.wrap(ApiKeyStore.class, new MongoApiKeys(connection)),
            cuts.wrap(RequestCounts.class, new MongoRequestCounts(connection)),
            made(using.hash()),
            Optional.empty(),
            events,
            random,
            clock);
    if (accounts.all().isEmpty()) {
      configure("{}");
    }
  }

  /** What the API is built of. */
  public ApiParts api() {
    return new ApiParts(
        PUBLIC_URL,
        new Unsubscribe(invitations, suppressed, clock),
        fileDrop,
        Optional.empty(),
        answers,
        signatures,
        access.keys(),
        hasher,
        clock,
        configuration,
        new Operations(
            cuts.wrap(
                InvitationSearch.class,
                new MongoInvitationSearch(connection).within(ApiParts.PATIENCE)),
            invitations,
            parcels,
            hasher,
            operations.nudger(),
            events,
            clock),
        dispatch.pause(),
        erasure.telling(fileDrop.importFiles().withoutChunks(ApiParts.MOST_IMPORTS)),
        new SuppressionList(suppressions, erasures, hasher, events, clock),
        new DispatchPreview(PUBLIC_URL, signatures),
        new TestSend(
            accounts, intake, invitations, events, new SecureRandom(), clock, time -> work()),
        batches);
  }

  /** What the workers of the priority lane do while somebody waits. */
  private void work() {
    for (String body : priority.take(10)) {
      String parcel = Hint.parse(body).orElseThrow().id();
      dispatch.dispatcher().dispatch(List.of(parcel), deadline());
    }
  }

  private static List<String> problems(Account account) {
    return account.dispatches().values().stream()
        .flatMap(dispatch -> Renderer.problems(dispatch, PUBLIC_URL).stream())
        .toList();
  }

  /** Every document of every collection as its bytes, by collection and id. */
  public Map<String, byte[]> dump() {
    return StoreDump.of(database);
  }

  /** What is stored, as a process sees it that was started with other keys. */
  public World restarted(Keys keys) {
    return new World(uri, database.getName(), clock, keys);
  }

  /** Every id has a key of its own. */
  private static SequencedMap<String, byte[]> made(String ids) {
    SequencedMap<String, byte[]> keys = new LinkedHashMap<>();
    for (String id : List.of(ids.split(",", -1))) {
      byte[] key = new byte[32];
      Arrays.fill(key, (byte) (id.charAt(1) - '1'));
      keys.put(id, key);
    }
    return keys;
  }

  /** Draws the shortest wait allowed, so that tests know when a retry is due. */
  private static final class Shortest implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public long nextLong(long origin, long bound) {
      return origin;
    }
  }

  /** Stores the account with this policy for its dispatch {@code stay}. */
  public void configure(String policy) {
    configure(policy, "LIVE", "scripted-sms");
  }

  public void configure(String policy, String state, String textVendor) {
    configure(policy, state, textVendor, "");
  }

  /**
   * Stores the account with limits for one of its vendor accounts, {@code mail} or {@code text}.
   */
  public void limit(String vendorAccount, String limits) {
    String json = accounts.written("acme").orElseThrow().json();
    String head = "\"" + vendorAccount + "\": {";
    store(json.replace(head, head + "\"limits\": " + limits + ", "));
  }

  /** Stores the account with more keys for its feed, such as {@code "approve": true}. */
  public void configureFeed(String more) {
    configure("{}", "LIVE", "scripted-sms", ", " + more);
  }

  private void configure(String policy, String state, String textVendor, String feed) {
    store(
        """
        {"id": "acme",
         "vendorAccounts": {
           "mail": {"vendor": "scripted", "settings": {}},
           "text": {"vendor": "%s", "settings": {}}},
         "dispatches": {"stay": {
           "state": "%s",
           "routes": [{"channel": "email", "vendors": ["mail"]},
                      {"channel": "sms", "vendors": ["text"]}],
           "templates": {"en": {
             "email": {"subject": "Hello", "text": "{{ first_name }} {{ note }} {{ survey_link }}"},
             "sms": {"text": "{{ first_name }} {{ survey_link }}"}}},
           "surveyLink": "https://survey.example/{token}",
           "fields": {"first_name": {"required": true}, "note": {}},
           "policy": %s}},
         "feeds": {"stays": {
           "dispatch": "stay",
           "recipients": {"email": "email", "sms": "mobile"},
           "defaultCountry": "DE"%s}}}
        """
            .formatted(textVendor, state, policy, feed));
  }

  /** Stores an account's document as it is. */
  public void store(String json) {
    accounts.put(json, Change.whole("a test"));
  }

  public Account account() {
    return accounts.find("acme").orElseThrow();
  }

  public Dispatch stay() {
    return account().requireDispatch("stay");
  }

  public IntakeRequest request(String batch, String part, List<Row> rows) {
    return new IntakeRequest(
        account(), stay(), batch, part, Lane.BULK, TestClock.START, List.copyOf(rows));
  }

  /** A request accepted now instead of at the start. */
  public IntakeRequest requestNow(String batch, List<Row> rows) {
    return new IntakeRequest(
        account(), stay(), batch, "0", Lane.BULK, clock.instant(), List.copyOf(rows));
  }

  public static Row row(int number, String email) {
    return row(number, email, "Ada");
  }

  public static Row row(int number, String email, String firstName) {
    return new Row(
        number, Map.of(Channel.EMAIL, email), Map.of("first_name", firstName), null, "DE");
  }

  /** Rows 1 to n with distinct recipients. */
  public static List<Row> rows(int n) {
    return IntStream.rangeClosed(1, n)
        .mapToObj(number -> row(number, "guest" + number + "@example.org"))
        .toList();
  }

  /** Accepts rows 1 to n as batch {@link #BATCH} and returns their parcel. */
  public String filled(int n) {
    Receipt receipt = intake.accept(request(BATCH, "0", rows(n)));
    if (receipt.stored().get(InvitationState.ACCEPTED) != n) {
      throw new IllegalStateException("not all accepted: " + receipt);
    }
    return BATCH + ".0.0";
  }

  public static String id(int row) {
    return Invitation.id(BATCH, row);
  }

  public Invitation invitation(String id) {
    return invitations.load(List.of(id)).getFirst();
  }

  public Invitation invitation(int row) {
    return invitation(id(row));
  }

  public InvitationState state(int row) {
    return invitation(row).state();
  }

  /** Stores another sealed value for a row, as if it had been damaged. */
  public void replaceSealed(String id, SealedValue sealed) {
    database
        .getCollection("invitations")
        .updateOne(Filters.eq("_id", id), Updates.set("sealed", new Binary(sealed.bytes())));
  }

  public Parcel parcel(String id) {
    return parcels.load(List.of(id)).get(id);
  }

  /** Accounts as a process knows them that reads them once an hour. */
  public AccountSource staleAccounts() {
    return new TwinnedAccounts(new MongoAccounts(connection, Duration.ofHours(1), clock));
  }

  /** A worker that has its accounts from there. */
  public Dispatcher worker(AccountSource known) {
    return new DispatchParts(
            known,
            dispatch.invitations(),
            dispatch.parcels(),
            dispatch.suppressed(),
            dispatch.contacts(),
            dispatch.gates(),
            dispatch.nudger(),
            dispatch.events(),
            dispatch.intake(),
            dispatch.sealed(),
            dispatch.vendors(),
            dispatch.renderers(),
            dispatch.random(),
            dispatch.clock(),
            dispatch.telemetry())
        .dispatcher();
  }

  public Deadline deadline() {
    return Deadline.in(Duration.ofMinutes(2), clock);
  }

  public List<String> eventCodes() {
    List<String> codes = new ArrayList<>(events.newest(100).stream().map(Event::code).toList());
    codes.sort(String::compareTo);
    return codes;
  }

  @Override
  public void close() {
    connection.close();
    client.close();
  }
}
