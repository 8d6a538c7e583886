package dev.beckon.azure.sns;

import dev.beckon.app.UnknownEventException;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.privacy.Failures;
import dev.beckon.s3.S3Notifications;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what one SNS topic posts and hands the S3 events in it to the files queue. Whoever can
 * reach the address may post anything: only what SNS signed for our topic within the last hour has
 * an effect. Thread-safe.
 */
public final class SnsDoor {
  private static final Logger log = LoggerFactory.getLogger(SnsDoor.class);

  /** In characters. SNS takes messages of 256 KiB; S3's events have a few. */
  private static final int LONGEST = 256 * 1024;

  /** Bytes that a message of an Azure queue holds as base64. */
  private static final int MOST_QUEUED = 48 * 1024;

  /**
   * SNS gives up on an address <a
   * href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html">after an
   * hour at most</a>, and its repeats bear the time of the first.
   */
  private static final Duration REPEATED = Duration.ofHours(1);

  private static final Duration SKEW = Duration.ofMinutes(5);

  /** What SNS is answered. One that refuses does not say why: the log does. */
  public enum Answer {
    TAKEN(200),
    REFUSED(403),
    /** SNS repeats it. */
    LATER(503);

    private final int status;

    Answer(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  private final SnsTopic topic;
  private final S3Notifications notifications;
  private final SigningCertificates certificates;
  private final SnsSite site;
  private final WorkQueue files;
  private final Clock clock;
  private final TakenMessages taken = new TakenMessages();

  SnsDoor(S3Settings settings, SnsSite site, TrustedChains chains, WorkQueue files, Clock clock) {
    this.topic = settings.topic();
    this.notifications = new S3Notifications(settings.location().bucket());
    this.certificates = new SigningCertificates(topic, site, chains, clock);
    this.site = site;
    this.files = files;
    this.clock = clock;
  }

  /**
   * Opens no connection yet.
   *
   * @param files the queue that feeds the file-drop function
   */
  public static SnsDoor of(S3Settings settings, WorkQueue files, Clock clock) {
    SnsSite site = SnsSite.open();
    return new SnsDoor(settings, site, TrustedChains.ofJdk(site), files, clock);
  }

  /**
   * Takes a posted message.
   *
   * @param kind the header {@code x-amz-sns-message-type}; empty when there is none
   * @param raw the header {@code x-amz-sns-rawdelivery}; empty when there is none
   */
  public Answer take(String kind, String raw, String body) {
    try {
      return answer(kind, raw, body);
    } catch (SnsRefusedException e) {
      log.warn("sns=refused why='{}'", e.getMessage());
      return Answer.REFUSED;
    } catch (IOException e) {
      log.warn("sns=later why='SNS itself cannot be asked now' error={}", Failures.tell(e));
      return Answer.LATER;
    }
  }

  private Answer answer(String kind, String raw, String body)
      throws SnsRefusedException, IOException {
    if (body.length() > LONGEST) {
      throw new SnsRefusedException("its body is too long");
    }
    if (raw.equalsIgnoreCase("true")) {
      throw new SnsRefusedException(
          "it has no signature: turn raw message delivery off at the subscription");
    }
    SnsMessage message = SnsMessage.read(body);
    if (!message.kind().type().equals(kind)) {
      throw new SnsRefusedException("its header names another kind than its body");
    }
    if (!topic.is(message.text("TopicArn"))) {
      throw new SnsRefusedException("it is of another topic than " + topic);
    }
    Instant now = clock.instant();
    Instant over = message.published().plus(REPEATED).plus(SKEW);
    if (now.isAfter(over) || now.isBefore(message.published().minus(SKEW))) {
      throw new SnsRefusedException("its time is more than an hour ago, or still to come");
    }
    if (!message.isSignedBy(certificates.at(message.text("SigningCertURL")))) {
      throw new SnsRefusedException("its signature is not of its content");
    }
    return switch (message.kind()) {
      case NOTIFICATION -> once(message, over, now);
      case SUBSCRIPTION -> confirm(message);
      case UNSUBSCRIPTION -> {
        log.warn("sns=unsubscribed topic={} remedy='subscribe the address again'", topic);
        yield Answer.TAKEN;
      }
    };
  }

  private Answer once(SnsMessage message, Instant over, Instant now) throws SnsRefusedException {
    String id = message.text("MessageId");
    return switch (taken.claim(id, over, now)) {
      case TAKEN -> Answer.TAKEN;
      case BEING_TAKEN -> Answer.LATER;
      case FRESH -> {
        boolean done = false;
        try {
          done = queue(message.text("Message"));
        } finally {
          if (done) {
            taken.taken(id);
          } else {
            taken.failed(id);
          }
        }
        yield done ? Answer.TAKEN : Answer.LATER;
      }
    };
  }

  private boolean queue(String event) throws SnsRefusedException {
    try {
      if (notifications.keys(event).isEmpty()) {
        return true; // S3's test of the topic, or news of something else than a new file
      }
    } catch (UnknownEventException e) {
      throw new SnsRefusedException(String.valueOf(e.getMessage()), e);
    }
    if (event.getBytes(StandardCharsets.UTF_8).length > MOST_QUEUED) {
      throw new SnsRefusedException("its event is larger than a message of the files queue may be");
    }
    if (!files.send(List.of(event)).isEmpty()) {
      log.warn("sns=later why='the files queue did not take it'");
      return false;
    }
    return true;
  }

  private Answer confirm(SnsMessage message) throws SnsRefusedException, IOException {
    String token = message.text("Token");
    if (!topic.isConfirmedBy(message.text("SubscribeURL"), token)) {
      throw new SnsRefusedException("its SubscribeURL does not confirm a subscription to " + topic);
    }
    if (site.get(topic.confirming(token)).isEmpty()) {
      throw new SnsRefusedException("SNS did not let us confirm: subscribe the address again");
    }
    log.info("sns=subscribed topic={}", topic);
    return Answer.TAKEN;
  }
}
