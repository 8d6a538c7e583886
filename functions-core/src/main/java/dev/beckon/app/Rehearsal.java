package dev.beckon.app;

import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.account.Secret;
import dev.beckon.account.Secrets;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.invitation.Invitation;
import dev.beckon.memory.MemoryAccounts;
import dev.beckon.memory.MemoryAnswerStore;
import dev.beckon.memory.MemoryApiKeys;
import dev.beckon.memory.MemoryBatchGates;
import dev.beckon.memory.MemoryBatchStore;
import dev.beckon.memory.MemoryContacts;
import dev.beckon.memory.MemoryErasureOrders;
import dev.beckon.memory.MemoryEventLog;
import dev.beckon.memory.MemoryImports;
import dev.beckon.memory.MemoryInvitationSearch;
import dev.beckon.memory.MemoryInvitationStore;
import dev.beckon.memory.MemoryKeyVault;
import dev.beckon.memory.MemoryNoticeStore;
import dev.beckon.memory.MemoryObjectStore;
import dev.beckon.memory.MemoryPaceStore;
import dev.beckon.memory.MemoryParcelStore;
import dev.beckon.memory.MemoryRequestCounts;
import dev.beckon.memory.MemorySuppressions;
import dev.beckon.memory.MemoryWorkQueue;
import dev.beckon.mongo.MongoConnection;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.vendor.VendorCatalog;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The whole way of a made-up file and of a made-up request through the core on stores in memory, so
 * that a host which is about to be copied has its classes loaded and its code warm. It knows
 * nothing of the installation, sends nothing to anybody, and leaves nothing behind.
 */
public final class Rehearsal {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String KEY = "rehearsal/incoming/people.csv";

  private static final String FILE =
      """
      email,first_name
      one@example.org,One
      two@example.org,Two
      """;

  private static final String REQUEST =
      """
      {"invitations": [
        {"reference": "one", "recipients": {"email": "three@example.org"}, "fields": {"first_name": "Three"}},
        {"reference": "two", "recipients": {"email": "four@example.org"}}]}
      """;

  private static final String ACCOUNT =
      """
      {"id": "rehearsal",
       "vendorAccounts": {"mail": {"vendor": "VENDOR", "settings": {}}},
       "dispatches": {"stay": {
         "state": "live",
         "routes": [{"channel": "email", "vendors": ["mail"]}],
         "templates": {"en": {"email": {
           "subject": "Hello {{ first_name | default: 'you' }}",
           "text": "{% if first_name %}{{ first_name | capitalize }}{% endif %} {{ survey_link }} {{ answer_link }}?nps=9 {{ unsubscribe_link }}",
           "html": "<p>{{ first_name }} <a href=\\"{{ survey_link }}\\">go</a></p>"}}},
         "surveyLink": "https://survey.example/{token}",
         "fields": {"first_name": {}},
         "policy": {"fatigue": "P30D", "quietHours": {"from": "02:00", "to": "02:01"}}}},
       "feeds": {"rehearsal": {"dispatch": "stay", "recipients": {"email": "email"}}}}
      """;

  private final Nowhere platform = new Nowhere();
  private final Application application;

  private Rehearsal(VendorCatalog catalog) {
    RuntimeConfig config =
        RuntimeConfig.of(
            Map.of(
                "BECKON_MONGO_URI", "mongodb://127.0.0.1:1",
                "BECKON_BUCKET", "none",
                "BECKON_FILES_QUEUE", "none",
                "BECKON_CHUNK_QUEUE", "none",
                "BECKON_PRIORITY_QUEUE", "none",
                "BECKON_BULK_QUEUE", "none",
                "BECKON_PUBLIC_URL", "https://beckon.example",
                "BECKON_SECRETS", "file:none"));
    MongoConnection unused = new MongoConnection("mongodb://127.0.0.1:1", "none");
    application = new Application(new Core(config, platform, catalog, unused, inMemory()));
  }

  private static Stores inMemory() {
    MemoryInvitationStore invitations = new MemoryInvitationStore();
    return new Stores(
        new MemoryAccounts(Clock.systemUTC()),
        invitations,
        new MemoryInvitationSearch(invitations),
        new MemoryParcelStore(),
        new MemoryContacts(),
        new MemorySuppressions(),
        new MemoryImports(),
        new MemoryBatchGates(),
        new MemoryBatchStore(),
        new MemoryEventLog(),
        new MemoryKeyVault(),
        new MemoryErasureOrders(),
        new MemoryAnswerStore(),
        new MemoryPaceStore(),
        new MemoryApiKeys(),
        new MemoryRequestCounts(),
        new MemoryNoticeStore());
  }

  /**
   * Runs it.
   *
   * @param vendor one of the catalogue's that needs no settings and reaches nobody
   * @return what became of the made-up invitations
   */
  public static List<Invitation> run(VendorCatalog catalog, String vendor) {
    Rehearsal rehearsal = new Rehearsal(catalog);
    try (Application application = rehearsal.application) {
      return rehearsal.play(application, vendor);
    }
  }

  private List<Invitation> play(Application application, String vendor) {
    Deadline deadline = Deadline.in(LIMIT, platform.clock());
    application.configure(ACCOUNT.replace("VENDOR", vendor));
    platform.objects.write(KEY, FILE.getBytes(StandardCharsets.UTF_8));
    application.fileDrop(List.of(KEY), List.of(), deadline);
    application.chunks(platform.taken(EntryPoint.CHUNK), deadline);
    application.dispatch(platform.taken(EntryPoint.DISPATCH_BULK), deadline);
    application.sweep(deadline);
    application.deadLetters(
        List.of(new Delivery("1", Hint.parcel("none")), new Delivery("2", "nobody's")), deadline);
    String batch = application.stores().imports().newest(1).getFirst().id();
    String handedIn = requests(application);
    application.dispatch(platform.taken(EntryPoint.DISPATCH_PRIORITY), deadline);
    List<Invitation> sent =
        application
            .stores()
            .invitations()
            .load(
                List.of(
                    Invitation.id(batch, 2),
                    Invitation.id(batch, 3),
                    Invitation.id(handedIn, 0),
                    Invitation.id(handedIn, 1)));
    sent.forEach(invitation -> {
      for (String method : List.of("GET", "POST")) {
        application.webDoor().answer(RawRequest.of(method, "/u/" + invitation.token()));
      }
    });
    return sent;
  }

  /**
   * One that hands invitations in, one that sees what became of them, and one that is refused.
   *
   * @return the batch of the first
   */
  private static String requests(Application application) {
    KeyGrant grant =
        new KeyGrant(
            "rehearsal", KeyKind.LIVE, Set.of(Scope.DISPATCH, Scope.READ), Set.of(), 600, null);
    String key = application.keys().issue("rehearsal", grant, "rehearsal").text().reveal();
    WebReply accepted =
        application
            .webDoor()
            .answer(request("POST", "/v1/dispatches/stay/invitations", key, REQUEST));
    String batch = accepted.headers().getOrDefault("Location", "");
    application.webDoor().answer(request("GET", batch, key, ""));
    application.webDoor().answer(request("POST", "/v1/dispatches/stay/invitations", key, "{}"));
    return batch.substring(batch.lastIndexOf('/') + 1);
  }

  private static RawRequest request(String method, String path, String key, String body) {
    return new RawRequest(
        method,
        path,
        "",
        List.of(
            Map.entry("authorization", "Bearer " + key),
            Map.entry("content-type", "application/json"),
            Map.entry("idempotency-key", "rehearsal-" + body.length())),
        RawBody.text(body),
        "",
        "rehearsal");
  }

  private static final class Nowhere implements Platform {
    // at noon, whenever it is: nothing would be sent, and warmed, in the account's quiet hours
    private final Clock clock =
        Clock.offset(
            Clock.systemUTC(), Duration.between(LocalTime.now(ZoneOffset.UTC), LocalTime.NOON));

    private final MemoryObjectStore objects = new MemoryObjectStore(clock);
    private final Map<EntryPoint, MemoryWorkQueue> queues = new EnumMap<>(EntryPoint.class);

    List<Delivery> taken(EntryPoint target) {
      return queue(target).take(10).stream().map(body -> new Delivery("1", body)).toList();
    }

    @Override
    public ObjectStore objects() {
      return objects;
    }

    @Override
    public MemoryWorkQueue queue(EntryPoint target) {
      return queues.computeIfAbsent(target, any -> new MemoryWorkQueue());
    }

    @Override
    public Secrets secrets() {
      // of 256 bits as the real keys are, and known to everybody
      return reference -> new Secret(Base64.getEncoder().encodeToString(new byte[32]));
    }

    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public void close() {}
  }
}
