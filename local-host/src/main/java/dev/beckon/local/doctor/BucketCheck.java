package dev.beckon.local.doctor;

import dev.beckon.check.Finding;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.filedrop.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Whether files dropped in the bucket are kept, seen and told of. */
final class BucketCheck {
  /** AWS refuses requests whose time is 15 minutes off; leases suffer much earlier. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private static final int NOT_IMPLEMENTED = 501;

  private final S3Client s3;
  private final ObjectStore objects;
  private final String bucket;
  private final boolean standIn;
  private final Clock clock;

  BucketCheck(S3Client s3, ObjectStore objects, RuntimeConfig config, Clock clock) {
    this.s3 = s3;
    this.objects = objects;
    this.bucket = config.text(ConfigKey.BUCKET);
    this.standIn = config.endpoint(ConfigKey.S3_ENDPOINT).isPresent();
    this.clock = clock;
  }

  List<Finding> run() throws IOException {
    HeadBucketResponse head;
    try {
      head = s3.headBucket(request -> request.bucket(bucket));
    } catch (S3Exception e) {
      // a HEAD's answer has no body: only its status tells
      return List.of(
          switch (e.statusCode()) {
            case 404 ->
                Finding.wrong(
                    "there is no bucket " + bucket,
                    "correct " + ConfigKey.BUCKET.variable() + ", or deploy again");
            case 301 ->
                Finding.wrong(
                    "the bucket " + bucket + " is in another region",
                    "set AWS_REGION to its region");
            default -> Trouble.of(e);
          });
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(new ObjectsRoundTrip(objects, bucket).run());
    findings.add(versioning());
    findings.add(notification());
    skew(head).ifPresent(findings::add);
    return findings;
  }

  private Finding versioning() {
    BucketVersioningStatus status;
    try {
      status = s3.getBucketVersioning(request -> request.bucket(bucket)).status();
    } catch (S3Exception e) {
      return untold("versioning", e);
    }
    if (status == BucketVersioningStatus.ENABLED) {
      return Finding.good(bucket + " keeps versions");
    }
    return standIn
        ? Finding.unknown("whether the bucket keeps versions: this is not AWS's S3", "")
        : Finding.wrong(
            bucket + " keeps no versions: a file dropped over another replaces it unread",
            "aws s3api put-bucket-versioning --bucket "
                + bucket
                + " --versioning-configuration Status=Enabled");
  }

  private Finding notification() {
    GetBucketNotificationConfigurationResponse wired;
    try {
      wired = s3.getBucketNotificationConfiguration(request -> request.bucket(bucket));
    } catch (S3Exception e) {
      return untold("events", e);
    }
    if (wired.eventBridgeConfiguration() != null) {
      return Finding.good(bucket + " tells EventBridge of new objects");
    }
    if (wired.hasQueueConfigurations()
        || wired.hasLambdaFunctionConfigurations()
        || wired.hasTopicConfigurations()) {
      return Finding.notice(
          bucket + " tells of new objects, but not EventBridge",
          "right where you wired it yourself; see docs/deploy-aws.md, An existing bucket");
    }
    return standIn
        ? Finding.unknown("whether the bucket tells of new objects: this is not AWS's S3", "")
        : Finding.wrong(
            bucket + " tells nobody of new objects: a file is found only minutes later",
            "aws s3api put-bucket-notification-configuration --bucket "
                + bucket
                + " --notification-configuration '{\"EventBridgeConfiguration\":{}}'");
  }

  private static Finding untold(String what, S3Exception failure) {
    return failure.statusCode() == NOT_IMPLEMENTED
        ? Finding.unknown("the bucket's " + what + ": this server does not tell", "")
        : Trouble.of(failure);
  }

  private Optional<Finding> skew(HeadBucketResponse head) {
    Optional<String> date = head.sdkHttpResponse().firstMatchingHeader("Date");
    if (date.isEmpty()) {
      return Optional.empty();
    }
    Instant theirs;
    try {
      theirs = ZonedDateTime.parse(date.get(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    long seconds = Duration.between(theirs, clock.instant()).abs().toSeconds();
    String what = "S3's clock and this machine's differ by " + seconds + " s";
    return Optional.of(
        seconds > SKEW.toSeconds()
            ? Finding.wrong(what, "set this machine's clock")
            : Finding.good(what));
  }
}
