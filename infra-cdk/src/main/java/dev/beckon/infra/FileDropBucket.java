package dev.beckon.infra;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** The bucket that files are dropped in, and the rule that tells the files queue of them. */
final class FileDropBucket extends Construct {
  /** Rows cut from files; what is left of them after this is of no use. */
  private static final int CHUNK_DAYS = 7;

  private final IBucket bucket;
  private final @Nullable IKey key;

  FileDropBucket(Construct scope, String id, Settings settings, Keys keys, DispatchLane files) {
    super(scope, id);
    Settings.ExistingBucket existing = settings.bucket().orElse(null);
    if (existing == null) {
      key = keys.key();
      bucket = bucket(settings.profile());
    } else {
      key = existing.key().map(arn -> Key.fromKeyArn(this, "BucketKey", arn)).orElse(null);
      bucket = Bucket.fromBucketName(this, "Bucket", existing.name());
    }
    Rule.Builder.create(this, "Dropped")
        .description("Files dropped in " + settings.stackName() + " go to the files queue")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.s3"))
                .detailType(List.of("Object Created"))
                .detail(
                    Map.of(
                        "bucket", Map.of("name", List.of(bucket.getBucketName())),
                        "object",
                            Map.of(
                                "key",
                                List.of(
                                    Map.of("wildcard", "*/incoming/*"),
                                    Map.of("wildcard", "*/check/*")))))
                .build())
        // what cannot be delivered goes where the function for dead letters notes the file
        .targets(
            List.of(
                SqsQueue.Builder.create(files.queue())
                    .deadLetterQueue(files.deadLetters())
                    .build()))
        .build();
  }

  private Bucket bucket(Profile profile) {
    Bucket logs =
        Bucket.Builder.create(this, "AccessLogs")
            .encryption(BucketEncryption.S3_MANAGED)
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .enforceSsl(true)
            .minimumTlsVersion(1.2)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .id("logs")
                        .expiration(Duration.days(profile.keepFiles()))
                        .build()))
            .removalPolicy(profile.removal())
            .build();
    Accepted.finding(
        logs,
        "AwsSolutions-S1",
        "Holds the access logs of the other bucket; logging it into itself never ends.");
    Bucket made =
        Bucket.Builder.create(this, "Bucket")
            .encryption(BucketEncryption.KMS)
            .encryptionKey(key)
            .bucketKeyEnabled(true)
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .enforceSsl(true)
            .minimumTlsVersion(1.2)
            .versioned(true)
            .serverAccessLogsBucket(logs)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .id("chunks")
                        .prefix(".beckon/")
                        .expiration(Duration.days(CHUNK_DAYS))
                        .build(),
                    LifecycleRule.builder()
                        .id("files")
                        .expiration(Duration.days(profile.keepFiles()))
                        .noncurrentVersionExpiration(Duration.days(profile.keepVersions()))
                        .abortIncompleteMultipartUploadAfter(Duration.days(7))
                        .build()))
            .removalPolicy(profile.removal())
            .build();
    // the construct's own switch would bring a function of its own, with rights on every bucket
    ((CfnBucket) Objects.requireNonNull(made.getNode().getDefaultChild()))
        .addPropertyOverride(
            "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", true);
    return made;
  }

  IBucket bucket() {
    return bucket;
  }

  /** The KMS key that objects are encrypted with; null where S3's own is. */
  @Nullable IKey key() {
    return key;
  }
}
