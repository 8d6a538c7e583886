package dev.beckon.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.account.Account;
import dev.beckon.app.EntryPoint;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.Parts;
import dev.beckon.local.demo.Rig;
import dev.beckon.local.poller.LambdaEnvironment;
import dev.beckon.local.poller.Outcome;
import dev.beckon.local.servers.SqsServer.QueuePair;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Parcel;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The deployable jar under Lambda's own runtime client, one process for each function: events as
 * JSON go in, and what they did is read back from the stores.
 */
class RealRuntimeTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String SCHEDULED =
      """
      {"version":"0","id":"53dc4d37","detail-type":"Scheduled Event","source":"aws.events","account":"111122223333",
       "time":"2026-11-08T16:53:06Z","region":"eu-west-1","resources":[],"detail":{}}
      """;

  @TempDir static Path folder;
  private static final Parts PARTS = new Parts();
  private static Rig rig;
  private static SqsClient sqs;
  private static LocalLambda lambda;

  @BeforeAll
  static void start() throws IOException {
    rig = PARTS.keep(Rig.start(folder, 0, 0, Duration.ZERO));
    sqs = PARTS.keep(rig.sqs());
    lambda = deploy("functions", Map.of());
  }

  @AfterAll
  static void stop() {
    PARTS.close();
  }

  private static LocalLambda deploy(String name, Map<String, String> extra) throws IOException {
    Map<String, String> variables = new HashMap<>(rig.cloud.workerEnvironment());
    variables.putAll(extra);
    return LocalLambda.deploy(
        DeployableJar.in(Path.of("..")), folder.resolve(name), 256, variables);
  }

  private static LambdaEnvironment environment(EntryPoint entryPoint) {
    return PARTS.keep(lambda.function("real", entryPoint, TIMEOUT).newEnvironment());
  }

  /** Takes one message off a queue, for good. */
  private static Message take(QueuePair queue) {
    List<Message> received =
        sqs.receiveMessage(r -> r.queueUrl(queue.url()).waitTimeSeconds(5).maxNumberOfMessages(1))
            .messages();
    assertThat(received).as("a message on " + queue.arn()).hasSize(1);
    Message message = received.getFirst();
    sqs.deleteMessage(d -> d.queueUrl(queue.url()).receiptHandle(message.receiptHandle()));
    return message;
  }

  private static String sqsEvent(QueuePair queue, Message... messages) {
    ObjectNode event = JsonMapper.builder().build().createObjectNode();
    var records = event.putArray("Records");
    for (Message message : messages) {
      records
          .addObject()
          .put("messageId", message.messageId())
          .put("receiptHandle", "r")
          .put("body", message.body())
          .put("eventSource", "aws:sqs")
          .put("eventSourceARN", queue.arn())
          .put("awsRegion", "eu-west-1")
          .putObject("attributes")
          .put("ApproximateReceiveCount", "1");
    }
    return event.toString();
  }

  private static void accept(String batch, int rows) {
    Account account = rig.stores().accounts().find("acme").orElseThrow();
    rig.cloud
        .application()
        .intake()
        .accept(
            new IntakeRequest(
                account,
                account.requireDispatch("store-visit"),
                batch,
                "1",
                Lane.PRIORITY,
                Instant.now(),
                IntStream.rangeClosed(1, rows).mapToObj(i -> row(batch, i)).toList()));
  }

  private static Row row(String batch, int number) {
    return new Row(
        number,
        Map.of(Channel.EMAIL, batch + "." + number + "@example.org"),
        Map.of("first_name", "Ada", "store", "Mitte", "city", "Berlin"),
        "en",
        "DE");
  }

  private static List<Invitation> invitations(String batch, InvitationState state) {
    return rig.stores().invitations().page(batch, Set.of(state), "", 100);
  }

  private static void returned(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Returned.class);
    assertThat(((Outcome.Returned) outcome).json()).isIn("null", "{\"batchItemFailures\":[]}");
  }

  private static FunctionErrorException failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).cause()).isInstanceOf(FunctionErrorException.class);
    return (FunctionErrorException) ((Outcome.Failed) outcome).cause();
  }

  @Test
  void fileDropChunkAndBulkDispatch_theirEvents_sendTheFile() {
    rig.drop(
        "store-visits/incoming/real.csv",
        """
        email,first_name,last_name,phone,language,city,store,visit_date,order_id,order_url,amount,note
        real.anna@example.com,Anna,A,,en,Berlin,Mitte,2026-11-01,1,,3.50,
        real.bela@example.com,Béla,B,,en,Berlin,Mitte,2026-11-01,2,,3.50,
        not an address,Carl,C,,en,Berlin,Mitte,2026-11-01,3,,3.50,
        """);
    QueuePair files = rig.cloud.side().worker().files();
    QueuePair chunks = rig.cloud.side().worker().chunks();
    QueuePair bulk = rig.cloud.side().worker().bulk();

    returned(environment(EntryPoint.FILE_DROP).invoke(sqsEvent(files, take(files))));
    returned(environment(EntryPoint.CHUNK).invoke(sqsEvent(chunks, take(chunks))));
    String batch = rig.stores().imports().newest(1).getFirst().id();
    assertThat(invitations(batch, InvitationState.ACCEPTED)).hasSize(2);

    returned(environment(EntryPoint.DISPATCH_BULK).invoke(sqsEvent(bulk, take(bulk))));
    assertThat(invitations(batch, InvitationState.SENT)).hasSize(2);
  }

  @Test
  void sweepAndPriorityDispatch_theirEvents_sendWhatLostItsHint() throws IOException {
    QueuePair priority = rig.cloud.side().worker().priority();
    accept("swept", 2);
    take(priority);
    LocalLambda later = deploy("later", Map.of("BECKON_CLOCK_SHIFT", "PT40M"));

    returned(
        PARTS
            .keep(later.function("sweep", EntryPoint.SWEEP, TIMEOUT).newEnvironment())
            .invoke(SCHEDULED));
    Message hint = take(priority);
    returned(environment(EntryPoint.DISPATCH_PRIORITY).invoke(sqsEvent(priority, hint)));

    assertThat(invitations("swept", InvitationState.SENT)).hasSize(2);
  }

  @Test
  void deadLetter_itsEvent_splitsTheParcel() {
    QueuePair priority = rig.cloud.side().worker().priority();
    accept("dead", 2);
    Message hint = take(priority);
    String parcel = Hint.parse(hint.body()).orElseThrow().id();

    returned(environment(EntryPoint.DEAD_LETTER).invoke(sqsEvent(priority, hint)));

    assertThat(rig.stores().parcels().load(List.of(parcel)))
        .hasEntrySatisfying(parcel, one -> assertThat(one.state()).isEqualTo(Parcel.State.SPLIT));
    assertThat(rig.stores().parcels().readyOf("dead", "", 10)).hasSize(2);
  }

  @Test
  void http_unsubscribeClicked_suppressesTheRecipient() {
    accept("links", 1);
    take(rig.cloud.side().worker().priority());
    Invitation row = invitations("links", InvitationState.ACCEPTED).getFirst();
    try (HttpFunction door = new HttpFunction(lambda.function("door", EntryPoint.HTTP, TIMEOUT))) {

      WebReply page = door.answer(Requests.of("GET", "/u/" + row.token()));
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
      assertThat(page.headers()).containsEntry("X-Content-Type-Options", "nosniff");
      assertThat(door.answer(Requests.of("POST", "/u/" + row.token())).status()).isEqualTo(200);
      assertThat(door.answer(Requests.of("GET", "/nothing")).status()).isEqualTo(404);
    }
    assertThat(rig.stores().suppressions().among("acme", List.of(row.hash())))
        .containsExactly(row.hash());
  }

  @Test
  void wrongEvent_isReportedByItsType_andTheSameProcessGoesOn() {
    ProcessEnvironment files = (ProcessEnvironment) environment(EntryPoint.FILE_DROP);
    QueuePair queue = rig.cloud.side().worker().files();

    FunctionErrorException error = failed(files.invoke("{\"canary\":\"canary@example.org\"}"));
    long first = files.pid();
    Outcome next =
        files.invoke(
            sqsEvent(queue, Message.builder().messageId("m1").body("import/none").build()));

    assertThat(error.phase()).isEqualTo(FunctionErrorException.Phase.INVOKE);
    assertThat(error.type()).isEqualTo("dev.beckon.app.UnknownEventException");
    assertThat(error.category()).startsWith("Runtime.");
    assertThat(error).hasMessageContaining("canary").hasMessageNotContaining("example.org");
    assertThat(next).isInstanceOf(Outcome.Returned.class);
    assertThat(files.pid()).as("warm").isEqualTo(first).isPositive();
  }
}
