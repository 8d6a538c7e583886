package dev.beckon.local.canary;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.bed.Traces;
import dev.beckon.events.Event;
import dev.beckon.filedrop.Import;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.Search;
import dev.beckon.local.cli.Shell;
import dev.beckon.local.cloud.WorkerProcess;
import dev.beckon.local.demo.Rig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * One person's data and every secret go through worker processes that say all they can; afterwards
 * they are where they belong and nowhere else.
 */
class CanaryProcessTest {

  private static final Map<String, String> LOUD = Map.of("BECKON_LOG_LEVEL", "DEBUG");

  @TempDir static Path folder;
  private static Rig rig;
  private static EchoingMailServer mail;
  private static EchoingTextVendor texts;
  private static RequestTap queueTap;
  private static Shell shell;
  private static final ByteArrayOutputStream LEAD = new ByteArrayOutputStream();
  private static final PrintStream ERR = System.err;
  private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.beckon");
  private static final Level BEFORE = OURS.getLevel();
  private static final Map<String, String> TOKENS = new LinkedHashMap<>();
  private static final List<String> QUEUED = new ArrayList<>();
  private static final List<String> COMMAND_LINES = new ArrayList<>();
  private static final List<Shell.Seen> SEEN = new ArrayList<>();

  /** What the run left, as it was before a test planted anything. */
  private static final Map<String, byte[]> LEFT = new LinkedHashMap<>();

  private static String erasedToken;
  private static Places places;

  @BeforeAll
  static void run() throws Exception {
    OURS.setLevel(Level.DEBUG);
    System.setErr(new PrintStream(LEAD, true, StandardCharsets.UTF_8));
    rig = Rig.start(folder, 0, 0, Duration.ZERO);
    mail = new EchoingMailServer(Person.NAME + ", " + Person.NOTE);
    texts = new EchoingTextVendor(Person.REFUSED_NUMBER);
    queueTap = new RequestTap(rig.cloud.side().worker().sqs());
    shell = new Shell(rig, folder);
    places = new Places(rig, folder);
    Person.keepSecret(folder, "mail-password", Person.PASSWORD);
    Map<String, String> vendors = new LinkedHashMap<>(mail.placeholders());
    vendors.put("MESSAGEBIRD_URL", texts.url().toString());
    rig.configure(vendors, CanaryProcessTest::withPassword);

    sayWhatNobodyKnows();
    try (WorkerProcess worker = worker()) {
      rig.drop(Person.VISITS + "denied.csv", Person.HEADER + Person.visit("denied"));
      rig.await(1);
      mail.letIn();
      Person.dropFiles(rig);
      rig.await(6);
      COMMAND_LINES.add(ProcessHandle.of(worker.pid()).orElseThrow().info().toString());
    }
    places.untilNobodyReceives();
    tokens();
    click();
    ask();
    rig.drop(
        Person.VISITS + "afterwards.csv",
        Person.HEADER + Person.visit("afterwards") + Person.visit("ok"));
    places.queued().values().forEach(QUEUED::addAll);
    try (WorkerProcess worker = worker()) {
      rig.await(7);
      COMMAND_LINES.add(ProcessHandle.of(worker.pid()).orElseThrow().info().toString());
    }
    places.untilNobodyReceives();
    tokens();
    LEFT.putAll(everywhere());
  }

  @AfterAll
  static void stop() {
    System.setErr(ERR);
    OURS.setLevel(BEFORE);
    queueTap.close();
    texts.close();
    mail.close();
    rig.close();
  }

  private static WorkerProcess worker() throws IOException {
    Map<String, String> environment = new LinkedHashMap<>(LOUD);
    environment.put("BECKON_SQS_ENDPOINT", queueTap.url().toString());
    return rig.worker(environment);
  }

  private static void withPassword(ObjectNode account) {
    ObjectNode settings = (ObjectNode) account.path("vendorAccounts").path("mail").path("settings");
    settings.put("username", "sender").put("password", "secret://mail-password");
    settings.put("connections", "1").put("timeout", "PT5S");
    ((ObjectNode) account.path("vendorAccounts").path("text").path("settings"))
        .put("timeout", "PT5S");
  }

  /** Bodies that are none of ours, on every queue. */
  private static void sayWhatNobodyKnows() {
    String address = Person.address("queued");
    places.sendMadeUp("{\"to\":\"" + address + "\",\"name\":\"" + Person.NAME + "\"}");
    places.sendMadeUp("parcel/" + address);
  }

  private static void tokens() {
    for (Invitation row : rows()) {
      if (!row.token().isEmpty()) {
        TOKENS.put("token of " + row.id(), row.token());
      }
    }
  }

  private static List<Invitation> rows() {
    List<String> ids =
        rig.stores().search().page(Search.all(), "", 1_000).stream()
            .map(InvitationSearch.Found::id)
            .toList();
    return rig.stores().invitations().load(ids);
  }

  /** The link of a mail that went out; and one that somebody made up. */
  private static void click() throws Exception {
    Invitation sent = sentMail();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String path :
          List.of(sent.token(), Person.LOCAL_PART, Person.NAME.replace(" ", "%20"))) {
        http.send(
            HttpRequest.newBuilder(URI.create(rig.cloud.publicUrl() + "/u/" + path))
                .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
      }
    }
    assertThat(rig.stores().suppressions().among("acme", List.of(sent.hash()))).isNotEmpty();
  }

  private static List<InvitationState> states(Invitation row) {
    return row.journal().stream().map(JournalEntry::state).toList();
  }

  private static Invitation sentMail() {
    return rows().stream()
        .filter(row -> row.state() == InvitationState.SENT && row.dispatch().equals("store-visit"))
        .findFirst()
        .orElseThrow();
  }

  /** Everything an operator asks and orders about this person. */
  private static void ask() {
    erasedToken = sentMail().token();
    String person = Person.address("ok");
    SEEN.add(shell.beckon("find", "--recipient", person));
    SEEN.add(shell.typing(person + "\n", "find", "--recipient", "-", "--json"));
    SEEN.add(shell.beckon("find", "--recipient", Person.LOCAL_PART + " @ " + Person.DOMAIN));
    SEEN.add(shell.beckon("journal", sentMail().id()));
    SEEN.add(shell.beckon("imports", "list"));
    SEEN.add(shell.beckon("erase", "--recipient", person));
    SEEN.add(shell.beckon("erase", "--recipient", person, "--go"));
    SEEN.add(shell.beckon("erase", "--recipient", Person.LOCAL_PART, "--go"));
    SEEN.add(shell.beckon("redrive", "--state", "FAILED", "--reason", "535"));
    SEEN.add(shell.beckon("redrive", "--state", "FAILED", "--reason", "535", "--go"));
  }

  private static Map<String, byte[]> everywhere() throws IOException {
    Map<String, byte[]> all = places.all();
    all.put("lead's standard error", LEAD.toByteArray());
    all.put("text vendor's access log", bytes(texts.heads()));
    queueTap.heard().forEach((name, said) -> all.put("to SQS, " + name, said.toByteArray()));
    for (int i = 0; i < SEEN.size(); i++) {
      all.put("command " + i, bytes(SEEN.get(i).out() + SEEN.get(i).err()));
    }
    all.put("queued while no worker ran", bytes(String.join("\n", QUEUED)));
    all.put("command lines", bytes(String.join("\n", COMMAND_LINES)));
    return all;
  }

  private static List<String> found(Map<String, String> secrets, Map<String, byte[]> where) {
    Traces traces = new Traces(secrets);
    List<String> found = new ArrayList<>();
    where.forEach(
        (place, bytes) -> traces.in(bytes).forEach(trace -> found.add(place + ": " + trace)));
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void personAndSecrets_throughWorkerProcesses_areInNoLogQueueEventOrOpenField() throws Exception {
    assertThat(found(Person.secrets(folder), LEFT)).isEmpty();
  }

  @Test
  void tokens_areNowhereButInTheirInvitations_andThoseOfTheErasedNowhere() throws Exception {
    Map<String, byte[]> elsewhere = new LinkedHashMap<>(LEFT);
    elsewhere.keySet().removeIf(place -> place.startsWith("store invitations/"));

    assertThat(TOKENS).hasSizeGreaterThan(5);
    assertThat(found(TOKENS, elsewhere)).isEmpty();
    assertThat(found(Map.of("erased token", erasedToken), LEFT)).isEmpty();
  }

  @Test
  void run_wentEveryWay() throws Exception {
    List<String> notes =
        rows().stream().map(row -> row.journal().getLast()).map(JournalEntry::note).toList();
    List<String> codes =
        rig.stores().events().newest(1_000).stream().map(Event::code).distinct().toList();
    assertThat(notes)
        .anyMatch(note -> note.contains("550"))
        .anyMatch(note -> note.contains("error 21"));
    assertThat(rows())
        .anyMatch(row -> states(row).contains(InvitationState.RETRY))
        .anyMatch(
            row -> states(row).containsAll(List.of(InvitationState.FAILED, InvitationState.SENT)));
    assertThat(codes)
        .contains("message-undecodable", "import-refused", "vendor-refuses-us", "recipient-erased");
    assertThat(rig.stores().imports().newest(100))
        .extracting(Import::state)
        .contains(Import.State.ACCEPTED, Import.State.REFUSED);
    assertThat(LEFT.keySet())
        .anyMatch(place -> place.startsWith("bucket .beckon/chunks/"))
        .anyMatch(place -> place.startsWith("bucket .beckon/refusals/"));
    assertThat(Files.readString(folder.resolve("worker-0.log"))).contains("DEBUG");
    assertThat(QUEUED)
        .anyMatch(body -> body.startsWith("parcel/"))
        .anyMatch(body -> body.contains("afterwards.csv"));
    assertThat(String.join("\n", queueTap.heard().values().stream().map(Object::toString).toList()))
        .contains("chunk/", "parcel/");
    assertThat(SEEN).extracting(Shell.Seen::code).containsExactly(0, 0, 2, 0, 0, 0, 0, 2, 0, 0);
  }

  @Test
  void person_whereItBelongs_isFound() throws Exception {
    assertThat(new Traces(Person.secrets(folder)).in(mail.received()))
        .contains("address plain", "name plain", "note plain", "password in base64");
    assertThat(new Traces(Person.secrets(folder)).in(texts.bodies()))
        .contains("number with separators", "name plain"); // numbers come without their plus
    assertThat(found(Person.secrets(folder), places.bucket(key -> key.contains("/processed/"))))
        .isNotEmpty();
    assertThat(found(Person.secrets(folder), places.bucket(key -> key.contains("/rejected/"))))
        .isNotEmpty();
  }

  @Test
  void person_plantedInEveryKindOfPlace_isFoundThere() throws Exception {
    String event = "planted/" + Person.NAME;
    rig.stores()
        .events()
        .write(new Event(Instant.now(), Event.Level.DEBUG, "planted", event, "", ""));
    String object = ".beckon/chunks/planted";
    rig.cloud.bucket().write(object, Person.NUMBER.getBytes(StandardCharsets.UTF_16BE));
    Path log = folder.resolve("worker-0.log");
    String before = Files.readString(log);
    String coded = Base64.getEncoder().encodeToString(bytes("x " + Person.PASSWORD));
    Files.writeString(log, coded, StandardOpenOption.APPEND);
    places.send("zanzibara%20vogel " + Person.DOMAIN);
    LoggerFactory.getLogger("dev.beckon.planted").debug(Person.NOTE);
    try {
      assertThat(new Traces(Person.secrets(folder)).in(LEAD.toByteArray())).contains("note plain");
      assertThat(found(Person.secrets(folder), places.all()))
          .anyMatch(trace -> trace.startsWith("store events/") && trace.endsWith("name plain"))
          .contains("bucket " + object + ": number in UTF-16BE", "worker-0.log: password in base64")
          .filteredOn(trace -> trace.startsWith("queue ") && trace.endsWith("domain plain"))
          .hasSize(places.queues().size());
    } finally {
      places.empty();
      Files.writeString(log, before);
      rig.cloud.bucket().delete(object);
    }
  }
}
