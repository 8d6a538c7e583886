package dev.beckon.azure.sns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.azure.sns.SnsDoor.Answer;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is posted: only what SNS signed for our topic, lately, has an effect, and one alone. */
class SnsDoorTest {
  private static final KeyPair OTHERS = TestAuthority.keys();
  private static final String KEY = "stays/incoming/march.csv";
  private SnsBed bed;

  @BeforeEach
  void open() throws Exception {
    bed = new SnsBed();
  }

  @AfterEach
  void close() throws Exception {
    bed.close();
  }

  private SignedPost event(String event) {
    return SignedPost.notification(event, bed.clock.instant()).signed(SnsBed.KEYS.getPrivate(), 2);
  }

  private SignedPost news() {
    return bed.news(KEY);
  }

  private void refuses(SignedPost post) {
    assertThat(bed.post(post)).isEqualTo(Answer.REFUSED);
    assertThat(bed.files.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void take_signedNotification_isQueuedAsItsEvent(int version) {
    SignedPost post = news().signed(SnsBed.KEYS.getPrivate(), version);

    assertThat(bed.post(post)).isEqualTo(Answer.TAKEN);
    assertThat(bed.files.take(9)).containsExactly(SnsBed.created(KEY));
  }

  @Test
  void take_withoutSubject_isTaken() {
    assertThat(bed.post(news().without("Subject").signed(SnsBed.KEYS.getPrivate(), 2)))
        .isEqualTo(Answer.TAKEN);
    assertThat(bed.files.size()).isOne();
  }

  @Test
  void take_twoNotifications_certificateIsFetchedOnce() {
    bed.post(news());
    bed.post(news());

    assertThat(bed.files.size()).isEqualTo(2);
    assertThat(bed.sns.asked).containsExactly(SnsBed.PEM, "/between.cer");
  }

  @Test
  void take_forgedSignature_isRefused() {
    refuses(news().signed(OTHERS.getPrivate(), 2));
    refuses(news().with("Signature", "AAAA"));
    refuses(news().with("Signature", "not base64!"));
    refuses(news().without("Signature"));
  }

  @ParameterizedTest
  @CsvSource({
    "Message,changed",
    "MessageId,11111111-2222-3333-4444-555555555555",
    "Subject,changed",
    "Timestamp,2026-03-02T09:00:01.000Z",
    "Type,SubscriptionConfirmation"
  })
  void take_changedAfterSigning_isRefused(String field, String value) {
    refuses(news().with(field, value));
  }

  @Test
  void take_signatureVersionSwapped_isRefused() {
    refuses(news().with("SignatureVersion", "1"));
    refuses(news().with("SignatureVersion", "3"));
  }

  /** The signed text does not change when one field's end becomes another's beginning. */
  @Test
  void take_fieldsShiftedInTheSignedText_isRefused() {
    SignedPost post = news();
    String id = post.content.path("MessageId").asText();
    String subject = post.content.path("Subject").asText();

    refuses(post.without("Subject").with("MessageId", id + "\nSubject\n" + subject));
  }

  @Test
  void take_otherTopic_isRefusedBeforeAnythingIsAskedFor() {
    refuses(
        news()
            .with("TopicArn", "arn:aws:sns:eu-central-1:999988887777:S3EventNotification")
            .signed(SnsBed.KEYS.getPrivate(), 2));

    assertThat(bed.sns.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SubscriptionConfirmation", "notification"})
  void take_headerOfAnotherKind_isRefused(String kind) {
    assertThat(bed.door.take(kind, "", news().body())).isEqualTo(Answer.REFUSED);
    assertThat(bed.files.size()).isZero();
  }

  @Test
  void take_rawDelivery_isRefused() {
    assertThat(bed.door.take("Notification", "true", SnsBed.created(KEY)))
        .isEqualTo(Answer.REFUSED);
    assertThat(bed.door.take("Notification", "", SnsBed.created(KEY))).isEqualTo(Answer.REFUSED);
    assertThat(bed.files.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"Notification\"",
        "{\"Type\":\"Notification\"}",
        "{\"Type\":{}}",
        "{\"Type\":\"Notification\",\"Type\":\"Notification\"}"
      })
  void take_malformedBody_isRefused(String body) {
    assertThat(bed.door.take("Notification", "", body)).isEqualTo(Answer.REFUSED);
  }

  @Test
  void take_twoMessagesInOneBody_isRefused() {
    SignedPost post = news();

    assertThat(bed.door.take("Notification", "", post.body() + post.body()))
        .isEqualTo(Answer.REFUSED);
  }

  @Test
  void take_oversizedBody_isRefusedUnread() {
    SignedPost post = news().with("Padding", "x".repeat(256 * 1024));

    refuses(post);
    assertThat(bed.sns.asked).isEmpty();
  }

  @Test
  void take_eventLargerThanAQueueMessage_isRefused() {
    refuses(event(SnsBed.created(KEY) + " ".repeat(49 * 1024)));
  }

  @Test
  void take_withinTheHourOfRepeats_isTaken_andNotAfter() {
    SignedPost first = news();
    SignedPost second = news();
    bed.clock.advance(Duration.ofMinutes(64));
    assertThat(bed.post(first)).isEqualTo(Answer.TAKEN);
    bed.files.take(1);
    bed.clock.advance(Duration.ofMinutes(2));

    refuses(second);
    refuses(first);
  }

  @Test
  void take_timeToCome_isRefused() {
    refuses(
        SignedPost.notification(
                SnsBed.created(KEY), bed.clock.instant().plus(Duration.ofMinutes(6)))
            .signed(SnsBed.KEYS.getPrivate(), 2));
    refuses(news().with("Timestamp", "yesterday").signed(SnsBed.KEYS.getPrivate(), 2));
  }

  @Test
  void take_sameMessageAgain_isAnsweredWithoutEffect() {
    SignedPost post = news();

    assertThat(bed.post(post)).isEqualTo(Answer.TAKEN);
    assertThat(bed.post(post)).isEqualTo(Answer.TAKEN);
    assertThat(bed.files.size()).isOne();
  }

  @Test
  void take_sameMessageAtAnotherProcess_isOneHintMore() {
    SignedPost post = news();

    bed.post(post);
    assertThat(bed.another().take(post.kind(), "", post.body())).isEqualTo(Answer.TAKEN);
    assertThat(bed.files.take(9)).hasSize(2).containsOnly(SnsBed.created(KEY));
  }

  @Test
  void take_sameMessageAtOnce_isQueuedOnce() throws Exception {
    SignedPost post = news();
    List<Future<Answer>> running = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> call = () -> bed.post(post);
      for (int i = 0; i < 8; i++) {
        running.add(callers.submit(call));
      }
    }
    List<Answer> answers = new ArrayList<>();
    for (Future<Answer> one : running) {
      answers.add(one.get());
    }

    // whoever comes in between is asked to come again, and is then told it was taken
    assertThat(answers).contains(Answer.TAKEN).doesNotContain(Answer.REFUSED);
    assertThat(bed.post(post)).isEqualTo(Answer.TAKEN);
    assertThat(bed.files.size()).isOne();
  }

  @Test
  void take_queueIsDown_isAskedForAgain_andTakenThen() {
    SignedPost post = news();
    bed.files.refuse(true);
    assertThat(bed.post(post)).isEqualTo(Answer.LATER);
    bed.files.refuse(false);

    assertThat(bed.post(post)).isEqualTo(Answer.TAKEN);
    assertThat(bed.files.size()).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"acme-surveys\"}",
        "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectRemoved:Delete\"}]}"
      })
  void take_newsOfNoNewFile_isTakenWithoutEffect(String event) {
    assertThat(bed.post(event(event))).isEqualTo(Answer.TAKEN);
    assertThat(bed.files.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "{}", "[]"})
  void take_signedButNoEventOfS3_isRefused(String text) {
    refuses(event(text));
  }

  @Test
  void take_signedEventOfAnotherBucket_isRefused() {
    refuses(event(SnsBed.created(KEY).replace("acme-surveys", "somebody-elses")));
  }

  @Test
  void take_confirmation_confirmsOurTopic() {
    bed.sns.put("/", "<ConfirmSubscriptionResponse/>");
    SignedPost post =
        SignedPost.confirmation("SubscriptionConfirmation", bed.clock.instant())
            .signed(SnsBed.KEYS.getPrivate(), 1);

    assertThat(bed.post(post)).isEqualTo(Answer.TAKEN);
    assertThat(bed.sns.asked)
        .contains(
            "/?Action=ConfirmSubscription&TopicArn="
                + SignedPost.TOPIC
                + "&Token="
                + SignedPost.TOKEN);
    assertThat(bed.files.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-central-1:999988887777:S3EventNotification&Token=TOKEN",
        "https://sns.eu-central-1.amazonaws.com/?Action=DeleteTopic&TopicArn=TOPIC&Token=TOKEN",
        "https://sns.eu-central-1.amazonaws.com.evil.example/?Action=ConfirmSubscription&TopicArn=TOPIC&Token=TOKEN",
        "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=TOPIC&Token=TOKEN",
        "http://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=TOPIC&Token=TOKEN",
        "https://sns.eu-central-1.amazonaws.com:443/?Action=ConfirmSubscription&TopicArn=TOPIC&Token=TOKEN",
        "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=TOPIC&Token=other",
        "http://169.254.169.254/latest/meta-data/"
      })
  void take_confirmationBySomeOtherAddress_isRefusedUnasked(String address) {
    refuses(
        SignedPost.confirmation("SubscriptionConfirmation", bed.clock.instant())
            .with(
                "SubscribeURL",
                address.replace("TOPIC", SignedPost.TOPIC).replace("TOKEN", SignedPost.TOKEN))
            .signed(SnsBed.KEYS.getPrivate(), 2));

    assertThat(bed.sns.asked).noneMatch(path -> path.contains("Action"));
  }

  @Test
  void take_confirmationOfAnotherTopic_isRefusedUnasked() {
    refuses(
        SignedPost.confirmation("SubscriptionConfirmation", bed.clock.instant())
            .with("TopicArn", "arn:aws:sns:eu-central-1:999988887777:S3EventNotification")
            .signed(SnsBed.KEYS.getPrivate(), 2));

    assertThat(bed.sns.asked).isEmpty();
  }

  @Test
  void take_unsignedConfirmation_isRefusedUnconfirmed() {
    refuses(
        SignedPost.confirmation("SubscriptionConfirmation", bed.clock.instant())
            .signed(OTHERS.getPrivate(), 2));

    assertThat(bed.sns.asked).noneMatch(path -> path.contains("Action"));
  }

  @Test
  void take_confirmationThatSnsRefuses_isRefused_andLaterWhenItFails() {
    SignedPost post =
        SignedPost.confirmation("SubscriptionConfirmation", bed.clock.instant())
            .signed(SnsBed.KEYS.getPrivate(), 2);
    bed.sns.fail("/", 503);
    assertThat(bed.post(post)).isEqualTo(Answer.LATER);
    bed.sns.fail("/", 403);

    refuses(post);
  }

  @Test
  void take_unsubscribeConfirmation_doesNotSubscribeAgain() {
    SignedPost post =
        SignedPost.confirmation("UnsubscribeConfirmation", bed.clock.instant())
            .signed(SnsBed.KEYS.getPrivate(), 2);

    assertThat(bed.post(post)).isEqualTo(Answer.TAKEN);
    assertThat(bed.sns.asked).noneMatch(path -> path.contains("Action"));
  }
}
