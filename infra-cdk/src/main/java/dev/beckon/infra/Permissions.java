package dev.beckon.infra;

import dev.beckon.app.EntryPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sqs.Queue;

/**
 * What each function may do: what its code calls, and nothing else. Receiving from its queue comes
 * with the event source, its log with the function.
 */
final class Permissions {
  private final Stack stack;
  private final Settings settings;
  private final Keys keys;
  private final FileDropBucket files;
  private final Lanes lanes;

  Permissions(Stack stack, Settings settings, Keys keys, FileDropBucket files, Lanes lanes) {
    this.stack = stack;
    this.settings = settings;
    this.keys = keys;
    this.files = files;
    this.lanes = lanes;
  }

  /** The four lanes. */
  record Lanes(DispatchLane files, DispatchLane chunk, DispatchLane priority, DispatchLane bulk) {
    List<DispatchLane> all() {
      return List.of(files, chunk, priority, bulk);
    }
  }

  List<PolicyStatement> of(EntryPoint entryPoint) {
    List<PolicyStatement> all = new ArrayList<>();
    all.add(secrets());
    all.add(keyFor("secretsmanager", keys.arn(), "kms:Decrypt"));
    switch (entryPoint) {
      case FILE_DROP -> {
        all.addAll(dayKeys("kms:Encrypt", "kms:Decrypt"));
        all.add(sends(lanes.files(), lanes.chunk()));
        all.add(list());
        all.add(reads("incoming", "check", "processed"));
        all.add(writes("processed", "checked", "rejected"));
        all.add(internal("s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"));
        all.add(deletes("incoming", "check"));
        bucketKey("kms:Decrypt", "kms:GenerateDataKey").ifPresent(all::add);
      }
      case CHUNK -> {
        all.addAll(dayKeys("kms:Encrypt", "kms:Decrypt"));
        all.add(sends(lanes.files(), lanes.bulk()));
        all.add(list());
        all.add(reads("incoming", "processed"));
        all.add(writes("processed", "rejected"));
        all.add(internal("s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"));
        all.add(deletes("incoming"));
        bucketKey("kms:Decrypt", "kms:GenerateDataKey").ifPresent(all::add);
      }
      case DISPATCH_PRIORITY, DISPATCH_BULK -> {
        all.addAll(dayKeys("kms:Decrypt"));
        all.add(sends(lanes.priority(), lanes.bulk()));
      }
      case SWEEP -> {
        all.addAll(dayKeys("kms:Decrypt"));
        all.add(sends(lanes.files(), lanes.chunk(), lanes.priority(), lanes.bulk()));
        all.add(list());
        // erasure takes whatever there is of an import
        all.add(reads("incoming", "check", "processed", "checked", "rejected", "cancelled"));
        all.add(internal("s3:GetObject", "s3:DeleteObject"));
        all.add(deletes("incoming", "check", "processed", "checked", "rejected", "cancelled"));
        bucketKey("kms:Decrypt").ifPresent(all::add);
      }
      case DEAD_LETTER -> {
        all.add(sends(lanes.priority(), lanes.bulk()));
        all.add(list());
        all.add(reads("incoming", "check"));
        bucketKey("kms:Decrypt").ifPresent(all::add);
      }
      case HTTP -> {
        all.addAll(dayKeys("kms:Encrypt", "kms:Decrypt"));
        // imports are forced and their successors woken; chunks are none of its business
        all.add(sends(lanes.files(), lanes.priority(), lanes.bulk()));
        all.add(list());
        // a search for a person and their erasure look at whatever there is of an import
        all.add(reads("incoming", "check", "processed", "checked", "rejected", "cancelled"));
        // a signed upload may do what its signer may; the file of a cancelled import moves on
        all.add(allow(List.of("s3:PutObject"), in("incoming")));
        all.add(writes("processed", "cancelled"));
        all.add(internal("s3:GetObject"));
        all.add(deletes("incoming"));
        bucketKey("kms:Decrypt", "kms:GenerateDataKey").ifPresent(all::add);
      }
    }
    return all;
  }

  /** Whoever delivers files: into feeds, and nothing back. */
  List<PolicyStatement> ofFileDropper() {
    List<PolicyStatement> all = new ArrayList<>();
    all.add(allow(List.of("s3:PutObject", "s3:AbortMultipartUpload"), in("incoming", "check")));
    // a large file goes up in parts, which S3 reads again
    bucketKey("kms:Decrypt", "kms:GenerateDataKey").ifPresent(all::add);
    return all;
  }

  /** Whoever works with ./beckon: what its commands call. */
  List<PolicyStatement> ofOperator() {
    List<PolicyStatement> all = new ArrayList<>();
    all.add(secrets());
    all.add(keyFor("secretsmanager", keys.arn(), "kms:Decrypt"));
    all.addAll(dayKeys("kms:Encrypt", "kms:Decrypt"));
    all.add(sends(lanes.files(), lanes.chunk(), lanes.priority(), lanes.bulk()));
    all.add(
        allow(
            List.of("sqs:GetQueueAttributes"),
            lanes.all().stream()
                .flatMap(lane -> lane.queues().stream())
                .map(Queue::getQueueArn)
                .toArray(String[]::new)));
    all.add(
        allow(
            List.of("s3:ListBucket", "s3:GetBucketNotification", "s3:GetBucketVersioning"),
            bucket().getBucketArn()));
    all.add(reads("incoming", "check", "processed", "checked", "rejected", "cancelled"));
    // doctor, too, writes into a folder of this name, and takes it away
    all.add(writes("incoming", "check", "cancelled"));
    all.add(internal("s3:GetObject", "s3:DeleteObject"));
    all.add(deletes("incoming", "check", "processed", "checked", "rejected", "cancelled"));
    bucketKey("kms:Decrypt", "kms:GenerateDataKey").ifPresent(all::add);
    return all;
  }

  /** Those of the installation, by their common beginning: accounts name theirs as they like. */
  private PolicyStatement secrets() {
    return allow(
        List.of("secretsmanager:GetSecretValue"),
        stack.formatArn(
            ArnComponents.builder()
                .service("secretsmanager")
                .resource("secret")
                .resourceName(settings.secretsPrefix() + "*")
                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .build()));
  }

  private List<PolicyStatement> dayKeys(String... actions) {
    List<PolicyStatement> all = new ArrayList<>();
    all.add(allow(List.of(actions), keys.arn()));
    settings.oldMasterKeyArns().forEach(arn -> all.add(allow(List.of("kms:Decrypt"), arn)));
    return all;
  }

  /** Without HEAD's right to list, S3 answers for an object that is not there: forbidden. */
  private PolicyStatement list() {
    return allow(List.of("s3:ListBucket"), bucket().getBucketArn());
  }

  private PolicyStatement reads(String... folders) {
    return allow(List.of("s3:GetObject", "s3:GetObjectTagging"), in(folders));
  }

  /** A copy takes the tags along that a file was dropped with. */
  private PolicyStatement writes(String... folders) {
    return allow(
        List.of("s3:PutObject", "s3:PutObjectTagging", "s3:AbortMultipartUpload"), in(folders));
  }

  private PolicyStatement deletes(String... folders) {
    return allow(List.of("s3:DeleteObject"), in(folders));
  }

  private PolicyStatement internal(String... actions) {
    return allow(List.of(actions), bucket().arnForObjects(".beckon/*"));
  }

  private String[] in(String... folders) {
    return Arrays.stream(folders)
        .map(folder -> bucket().arnForObjects("*/" + folder + "/*"))
        .toArray(String[]::new);
  }

  private IBucket bucket() {
    return files.bucket();
  }

  private Optional<PolicyStatement> bucketKey(String... actions) {
    IKey key = files.key();
    return Optional.ofNullable(key).map(there -> keyFor("s3", there.getKeyArn(), actions));
  }

  /** A key that only a service of AWS uses in the function's name. */
  private PolicyStatement keyFor(String service, String key, String... actions) {
    return PolicyStatement.Builder.create()
        .actions(List.of(actions))
        .resources(List.of(key))
        .conditions(
            Map.of(
                "StringEquals",
                Map.of("kms:ViaService", service + "." + stack.getRegion() + ".amazonaws.com")))
        .build();
  }

  private static PolicyStatement sends(DispatchLane... to) {
    return allow(
        List.of("sqs:SendMessage"),
        Stream.of(to).map(lane -> lane.queue().getQueueArn()).toArray(String[]::new));
  }

  private static PolicyStatement allow(List<String> actions, String... resources) {
    return PolicyStatement.Builder.create().actions(actions).resources(List.of(resources)).build();
  }

  /** What Lambda itself does in the function's name to join a network. */
  static PolicyStatement networkInterfaces() {
    return allow(
        List.of(
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses"),
        "*");
  }
}
