package dev.beckon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.bed.Roots;
import dev.beckon.events.Event;
import dev.beckon.filedrop.Chunk;
import dev.beckon.filedrop.Import;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Parcel;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.web.WebReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the functions of every platform keep: one core, the same states, whoever calls. A message
 * that is not asked for again is gone from its queue.
 */
public abstract class FunctionsContract {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  /** A name that every platform must encode and decode somewhere on the way. */
  private static final String KEY = "stays/incoming/Zażółć list 1+2%20 (final).csv";

  private static final byte[] FILE =
      "email,Vorname\nada@example.org,Ada\nbob@example.org,Bob\n".getBytes(StandardCharsets.UTF_8);

  private final Roots roots = new Roots();
  private Plant plant;
  private Functions functions;

  /** The platform's functions, started on this plant's core. */
  protected abstract Functions functions(Plant plant);

  /** Whether its invocations have ids and functions have names of their own. */
  protected boolean namesInvocations() {
    return true;
  }

  @BeforeEach
  final void start() {
    plant = MONGO.plant(new Telemetry(Meter.NONE, roots));
    plant.application.configure(Plant.ACCOUNT);
    functions = functions(plant);
  }

  @AfterEach
  final void stop() {
    plant.close();
  }

  private boolean again(EntryPoint queue, String message) {
    return !functions.deliver(queue, List.of(message)).isEmpty();
  }

  private void drop() {
    plant.objects.write(KEY, FILE);
    assertThat(again(EntryPoint.FILE_DROP, functions.created(KEY))).isFalse();
  }

  private Import imported() {
    return plant.application.stores().imports().newest(10).getFirst();
  }

  private Invitation invitation(int row) {
    return plant
        .application
        .stores()
        .invitations()
        .load(List.of(Invitation.id(imported().id(), row)))
        .getFirst();
  }

  private List<String> eventCodes() {
    return plant.application.stores().events().newest(20).stream().map(Event::code).toList();
  }

  @Test
  void fileDrop_createdFile_isImportedToItsLastRow() {
    drop();
    String id = imported().id();

    assertThat(imported().key()).isEqualTo(KEY);
    assertThat(plant.take(EntryPoint.CHUNK)).containsExactly(Hint.chunk(Chunk.id(id, 0)));
    assertThat(again(EntryPoint.CHUNK, Hint.chunk(Chunk.id(id, 0)))).isFalse();
    assertThat(imported().state()).isEqualTo(Import.State.ACCEPTED);
    assertThat(invitation(2).state()).isEqualTo(InvitationState.ACCEPTED);
  }

  @Test
  void fileDrop_sameEventTwice_importsOnce() {
    drop();

    assertThat(again(EntryPoint.FILE_DROP, functions.created(KEY))).isFalse();

    assertThat(plant.application.stores().imports().newest(10)).hasSize(1);
  }

  @Test
  void fileDrop_fileGoneBeforeItsEvent_isAcknowledged() {
    assertThat(again(EntryPoint.FILE_DROP, functions.created(KEY))).isFalse();
    assertThat(plant.application.stores().imports().newest(10)).isEmpty();
  }

  @Test
  void fileDrop_hintOfAWaitingImport_runsIt() {
    plant.objects.write(KEY, FILE);
    functions.deadLetter(EntryPoint.FILE_DROP, functions.created(KEY));
    plant.clock.advance(Duration.ofMinutes(4));

    assertThat(again(EntryPoint.FILE_DROP, Hint.importRun(imported().id()))).isFalse();

    assertThat(plant.take(EntryPoint.CHUNK)).hasSize(1);
  }

  @Test
  void fileDrop_foreignEvent_isWantedAgainAndChangesNothing() {
    assertThat(again(EntryPoint.FILE_DROP, functions.foreign())).isTrue();

    assertThat(plant.application.stores().imports().newest(10)).isEmpty();
    assertThat(eventCodes()).containsExactly("account-configured");
  }

  @Test
  void fileDrop_bucketFailing_isWantedAgainUntilItWorks() {
    plant.objects.write(KEY, FILE);
    plant.cuts.arm(0, Cuts.Side.BEFORE);

    assertThat(again(EntryPoint.FILE_DROP, functions.created(KEY))).isTrue();
    assertThat(again(EntryPoint.FILE_DROP, functions.created(KEY))).isFalse();
    plant.runQueues();

    assertThat(imported().state()).isEqualTo(Import.State.ACCEPTED);
  }

  @ParameterizedTest
  @EnumSource(names = {"DISPATCH_PRIORITY", "DISPATCH_BULK"})
  void dispatch_hintOnEitherLane_sends(EntryPoint lane) {
    drop();
    again(EntryPoint.CHUNK, Hint.chunk(Chunk.id(imported().id(), 0)));

    assertThat(again(lane, Hint.parcel(imported().id() + ".0.0"))).isFalse();

    assertThat(invitation(3).state()).isEqualTo(InvitationState.SENT);
    assertThat(invitation(2).state()).isEqualTo(InvitationState.SENT);
  }

  @ParameterizedTest
  @EnumSource(names = {"FILE_DROP", "CHUNK", "DISPATCH_PRIORITY", "DISPATCH_BULK"})
  void queue_messageOfNobody_isRecordedOnceAndAcknowledged(EntryPoint queue) {
    String body = "order 4711 \uD83D\uDE00 [1]";

    assertThat(again(queue, body)).isFalse();
    assertThat(again(queue, body)).isFalse();

    assertThat(eventCodes()).containsExactlyInAnyOrder("account-configured", "message-undecodable");
  }

  @ParameterizedTest
  @EnumSource(names = {"FILE_DROP", "CHUNK", "DISPATCH_PRIORITY", "DISPATCH_BULK"})
  void queue_emptyMessage_isRecordedAndAcknowledged(EntryPoint queue) {
    assertThat(again(queue, "")).isFalse();
    assertThat(eventCodes()).contains("message-undecodable");
  }

  @Test
  void queue_batchWithStrangersAndFailures_judgesEachAlone() {
    drop();
    String chunk = Hint.chunk(Chunk.id(imported().id(), 0));

    Set<Integer> again =
        functions.deliver(EntryPoint.CHUNK, List.of("of nobody", chunk, "parcel/elsewhere"));

    assertThat(again).isEmpty();
    assertThat(invitation(2).state()).isEqualTo(InvitationState.ACCEPTED);
    assertThat(
            functions.deliver(
                EntryPoint.FILE_DROP, List.of(functions.foreign(), functions.created(KEY))))
        .containsExactly(0);
  }

  @ParameterizedTest
  @EnumSource(names = {"FILE_DROP", "CHUNK", "DISPATCH_PRIORITY", "DISPATCH_BULK"})
  void queue_storeGone_isWantedAgain(EntryPoint queue) {
    plant.application.close();

    String hint =
        switch (queue) {
          case FILE_DROP -> Hint.importRun("a");
          case CHUNK -> Hint.chunk(Chunk.id("a", 0));
          default -> Hint.parcel("a.0.0");
        };
    assertThat(again(queue, hint)).isTrue();
  }

  @Test
  void sweep_noFunctionHeardOfAnImport_wakesIt() {
    plant.objects.write(KEY, FILE);
    functions.deadLetter(EntryPoint.FILE_DROP, functions.created(KEY));
    plant.clock.advance(Duration.ofMinutes(4));

    functions.sweep();
    plant.runQueues();

    assertThat(imported().state()).isEqualTo(Import.State.ACCEPTED);
  }

  @Test
  void sweep_storeGone_failsInNoWordsButOurs() {
    plant.application.close();

    assertThatThrownBy(functions::sweep)
        .isInstanceOf(InvocationFailure.class)
        .hasMessageContaining("IllegalStateException")
        .hasMessageNotContaining("mongodb://")
        .hasNoCause();
  }

  @Test
  void deadLetter_createdFile_isNotedAndNotRun() {
    plant.objects.write(KEY, FILE);

    assertThat(functions.deadLetter(EntryPoint.FILE_DROP, functions.created(KEY))).isFalse();

    assertThat(imported().state()).isEqualTo(Import.State.WAITING);
    assertThat(plant.take(EntryPoint.CHUNK)).isEmpty();
  }

  @Test
  void deadLetter_chunk_isShownAsStuck() {
    assertThat(functions.deadLetter(EntryPoint.CHUNK, Hint.chunk("a.0"))).isFalse();
    assertThat(eventCodes()).contains("import-stuck");
  }

  @ParameterizedTest
  @EnumSource(names = {"DISPATCH_PRIORITY", "DISPATCH_BULK"})
  void deadLetter_parcel_isTriedInHalves(EntryPoint lane) {
    drop();
    String parcel = imported().id() + ".0.0";
    again(EntryPoint.CHUNK, Hint.chunk(Chunk.id(imported().id(), 0)));

    assertThat(functions.deadLetter(lane, Hint.parcel(parcel))).isFalse();

    assertThat(plant.application.stores().parcels().load(List.of(parcel)).get(parcel).state())
        .isEqualTo(Parcel.State.SPLIT);
    plant.runQueues();
    assertThat(invitation(3).state()).isEqualTo(InvitationState.SENT);
  }

  @ParameterizedTest
  @EnumSource(names = {"FILE_DROP", "CHUNK", "DISPATCH_PRIORITY", "DISPATCH_BULK"})
  void deadLetter_messageOfNobody_isRecordedAndAcknowledged(EntryPoint queue) {
    assertThat(functions.deadLetter(queue, "order 4711")).isFalse();
    assertThat(eventCodes()).contains("message-undecodable");
  }

  @Test
  void deadLetter_foreignEvent_isRecordedAndAcknowledged() {
    assertThat(functions.deadLetter(EntryPoint.FILE_DROP, functions.foreign())).isFalse();

    assertThat(eventCodes()).contains("message-undecodable");
    assertThat(plant.application.stores().imports().newest(10)).isEmpty();
  }

  @Test
  void deadLetter_storeGone_isKept() {
    plant.application.close();

    assertThat(functions.deadLetter(EntryPoint.FILE_DROP, functions.created(KEY))).isTrue();
    assertThat(functions.deadLetter(EntryPoint.DISPATCH_BULK, Hint.parcel("a.0.0"))).isTrue();
  }

  @Test
  void http_unsubscribe_asksOnGetAndActsOnPost() {
    drop();
    plant.runQueues();
    Invitation row = invitation(2);
    String path = "/u/" + row.token();

    WebReply asked = functions.http("GET", path, "");
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.contentType()).startsWith("text/html");
    assertThat(asked.body()).contains("<button");
    assertThat(asked.headers()).containsEntry("Referrer-Policy", "no-referrer");
    assertThat(suppressed(row)).isFalse();

    assertThat(functions.http("POST", path, "List-Unsubscribe=One-Click").status()).isEqualTo(200);
    assertThat(suppressed(row)).isTrue();
  }

  private boolean suppressed(Invitation row) {
    return plant
        .application
        .stores()
        .suppressions()
        .among("acme", List.of(row.hash()))
        .contains(row.hash());
  }

  @Test
  void http_otherMethodsAndPaths_areAnswered() {
    assertThat(functions.http("GET", "/healthz", "").body()).isEqualTo("ok\n");
    WebReply head = functions.http("HEAD", "/healthz", "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(functions.http("OPTIONS", "/u/AAAAAAAAAAAAAAAAAAAAAA", "").status()).isEqualTo(403);
    assertThat(functions.http("PUT", "/u/AAAAAAAAAAAAAAAAAAAAAA", "").status()).isEqualTo(405);
    assertThat(functions.http("DELETE", "/", "").status()).isEqualTo(404);
    assertThat(functions.http("GET", "/v1/a%2Fb", "").status()).isEqualTo(400);
  }

  @Test
  void http_storeGone_isAPageWithoutDetail() {
    plant.application.close();

    WebReply reply = functions.http("GET", "/u/AAAAAAAAAAAAAAAAAAAAAA", "");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body())
        .contains("This is our fault")
        .doesNotContain("Exception", "mongo", "AAAA");
  }

  @Test
  void invocations_ofEveryFunction_sayWhoseTheyAreAndHandOverAtTheirEnd() {
    drop();
    again(EntryPoint.CHUNK, Hint.chunk(Chunk.id(imported().id(), 0)));
    again(EntryPoint.DISPATCH_PRIORITY, Hint.parcel(imported().id() + ".0.0"));
    functions.sweep();
    functions.deadLetter(EntryPoint.CHUNK, "of nobody");
    functions.http("GET", "/healthz", "");

    assertThat(roots.all())
        .extracting(Roots.Root::name)
        .containsExactly("file-drop", "chunk", "dispatch", "sweep", "dead-letter", "http");
    assertThat(roots.all())
        .allSatisfy(root -> {
          assertThat(root.closed()).isTrue();
          assertThat(root.failure()).isNull();
          if (namesInvocations()) {
            assertThat(root.about().keySet())
                .extracting(Enum::name)
                .contains("FUNCTION", "REQUEST_ID");
          }
        });
    assertThat(roots.flushes()).isEqualTo(6);
  }

  @Test
  void invocations_thatFail_areHandedOverAsFailed() {
    plant.application.close();

    assertThatThrownBy(functions::sweep).isInstanceOf(InvocationFailure.class);

    assertThat(roots.all())
        .singleElement()
        .satisfies(root -> assertThat(root.failure()).contains("IllegalStateException"));
    assertThat(roots.flushes()).isEqualTo(1);
  }
}
