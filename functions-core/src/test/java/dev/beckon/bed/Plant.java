package dev.beckon.bed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.beckon.account.Secret;
import dev.beckon.account.Secrets;
import dev.beckon.account.TestTwin;
import dev.beckon.app.Application;
import dev.beckon.app.Delivery;
import dev.beckon.app.EntryPoint;
import dev.beckon.app.Platform;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.memory.MemoryObjectStore;
import dev.beckon.memory.MemoryTickets;
import dev.beckon.memory.MemoryWorkQueue;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.vendor.VendorCatalog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The application as a host starts it, on a bucket and queues in memory. */
public final class Plant implements AutoCloseable {
  /** A sound account with the feed {@code stays}. */
  public static final String ACCOUNT =
      """
      {"id": "acme", "name": "Acme",
       "vendorAccounts": {"mail": {"vendor": "scripted", "settings": {}},
                          "other": {"vendor": "scripted", "settings": {}}},
       "dispatches": {"stay": {
         "name": "Your stay", "state": "live",
         "routes": [{"channel": "email", "vendors": ["mail", "other"]},
                    {"channel": "sms", "vendors": ["other"]}],
         "defaultLanguage": "en",
         "templates": {
           "en": {"email": {"subject": "Hello {{ first_name }}",
                            "text": "{% if first_name %}{{ first_name | upcase }}{% endif %} {{ survey_link }}",
                            "html": "<p>{{ first_name | default: 'you' }} <a href='{{ survey_link }}'>x</a></p>"},
                  "sms": {"text": "{{ survey_link }}"}},
           "de": {"email": {"subject": "Hallo", "text": "{{ survey_link }}"},
                  "sms": {"text": "{{ survey_link }}"}}},
         "surveyLink": "https://survey.example/{token}?name={first_name}",
         "fields": {"first_name": {"required": false}, "note": {}},
         "policy": {"fatigue": "P30D", "expires": "P7D", "maxAttempts": 10, "sampling": 1.0,
                    "inDoubt": "hold"}}},
       "feeds": {"stays": {
         "dispatch": "stay", "recipients": {"email": "email", "sms": "mobile"},
         "mapping": {"Vorname": "first_name"}, "language": "language", "defaultCountry": "DE"}}}
      """;

  public final TestClock clock = new TestClock();
  public final Cuts cuts = new Cuts();
  public final ScriptedVendor vendor = new ScriptedVendor("scripted");

  /** In the simulator's place, for test twins. */
  public final ScriptedVendor simulator = new ScriptedVendor(TestTwin.VENDOR);

  public final MemoryObjectStore objects = new MemoryObjectStore(clock);
  public final MemoryTickets tickets = new MemoryTickets(objects, clock);
  public final Application application;
  private final Map<EntryPoint, MemoryWorkQueue> queues = new EnumMap<>(EntryPoint.class);

  private final Telemetry telemetry;

  Plant(String mongo, String database, Telemetry telemetry) {
    this.telemetry = telemetry;
    for (EntryPoint point : EntryPoint.values()) {
      queues.put(point, new MemoryWorkQueue());
    }
    application =
        Application.start(
            RuntimeConfig.of(
                Map.of(
                    "BECKON_MONGO_URI", mongo,
                    "BECKON_DATABASE", database,
                    "BECKON_BUCKET", "bucket",
                    "BECKON_FILES_QUEUE", "files",
                    "BECKON_CHUNK_QUEUE", "chunks",
                    "BECKON_PRIORITY_QUEUE", "priority",
                    "BECKON_BULK_QUEUE", "bulk",
                    "BECKON_PUBLIC_URL", "https://beckon.example",
                    "BECKON_SECRETS", "file:none",
                    "BECKON_ACCOUNT_CACHE", "PT0S")),
            new InMemory(),
            new VendorCatalog(List.of(vendor, simulator)));
    application.migrate();
  }

  private final class InMemory implements Platform {
    @Override
    public ObjectStore objects() {
      return cuts.wrap(ObjectStore.class, objects);
    }

    @Override
    public Optional<ObjectTickets> tickets() {
      return Optional.of(tickets);
    }

    @Override
    public WorkQueue queue(EntryPoint target) {
      return queues.get(target);
    }

    @Override
    public Secrets secrets() {
      return reference -> new Secret(Base64.getEncoder().encodeToString(new byte[32]));
    }

    @Override
    public Clock clock() {
      return clock;
    }

    /** Whoever waits waits for the workers. */
    @Override
    public void pause(Duration time) {
      runQueues();
    }

    @Override
    public Telemetry telemetry() {
      return telemetry;
    }

    @Override
    public void close() {}
  }

  /** Takes the bodies that wait for a queue-fed entry point. */
  public List<String> take(EntryPoint point) {
    return queues.get(point).take(10);
  }

  public Deadline deadline() {
    return Deadline.in(Duration.ofMinutes(2), clock);
  }

  /** Gives bodies to a queue-fed entry point; returns the ids it wants again. */
  public Set<String> deliver(EntryPoint point, List<String> bodies) {
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      deliveries.add(new Delivery("message-" + i, bodies.get(i)));
    }
    return switch (point) {
      case FILE_DROP -> application.fileDrop(List.of(), deliveries, deadline());
      case CHUNK -> application.chunks(deliveries, deadline());
      case DISPATCH_PRIORITY, DISPATCH_BULK -> application.dispatch(deliveries, deadline());
      case DEAD_LETTER -> application.deadLetters(deliveries, deadline());
      case SWEEP, HTTP -> throw new IllegalArgumentException(point + " has no queue");
    };
  }

  /** Drops a file and runs everything that follows; returns how many messages are wanted again. */
  public int drop(String key, byte[] content) {
    objects.write(key, content);
    application.fileDrop(List.of(key), List.of(), deadline());
    return runQueues();
  }

  /** {@link #drop(String, byte[])} of a text. */
  public int drop(String key, String content) {
    return drop(key, content.getBytes(UTF_8));
  }

  /** Each message once, until the queues are empty; returns how many are wanted again. */
  public int runQueues() {
    int again = 0;
    boolean busy = true;
    while (busy) {
      busy = false;
      for (Map.Entry<EntryPoint, MemoryWorkQueue> queue : queues.entrySet()) {
        List<String> bodies = queue.getValue().take(10);
        if (!bodies.isEmpty()) {
          busy = true;
          again += deliver(queue.getKey(), bodies).size();
        }
      }
    }
    return again;
  }

  /** Empties the queues, each batch delivered among bodies that are nobody's. */
  public void runQueuesAmong(List<String> strangers) {
    for (EntryPoint point : List.of(EntryPoint.CHUNK, EntryPoint.DISPATCH_BULK)) {
      List<String> bodies = new ArrayList<>(strangers);
      bodies.addAll(strangers.size() / 2, queues.get(point).take(10));
      deliver(point, bodies);
    }
  }

  @Override
  public void close() {
    application.close();
  }
}
