package dev.beckon.local.canary;

import dev.beckon.bed.StoreDump;
import dev.beckon.filedrop.ObjectStore.Listed;
import dev.beckon.local.demo.Rig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Where a rig leaves bytes, for a search: store, queues, bucket, logs of workers. */
final class Places {
  private final Rig rig;
  private final Path folder;

  /** Bodies the test itself made up; an event that is none is delivered again for a while. */
  private final Set<String> madeUp = new HashSet<>();

  Places(Rig rig, Path folder) {
    this.rig = rig;
    this.folder = folder;
  }

  /** Addresses of all queues, those of dead letters too. */
  List<String> queues() {
    return Stream.of(
            rig.cloud.side().worker().files(),
            rig.cloud.side().worker().chunks(),
            rig.cloud.side().worker().priority(),
            rig.cloud.side().worker().bulk())
        .flatMap(pair -> Stream.of(pair.url(), pair.deadLetterUrl()))
        .toList();
  }

  /** Puts a message on every queue that no search shall find again. */
  void sendMadeUp(String body) {
    madeUp.add(body);
    send(body);
  }

  /** Puts a message on every queue. */
  void send(String body) {
    try (SqsClient sqs = rig.sqs()) {
      queues().forEach(queue -> sqs.sendMessage(m -> m.queueUrl(queue).messageBody(body)));
    }
  }

  /** Everything in which nobody's data may be; to be asked while no worker runs. */
  Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    StoreDump.of(rig.cloud.workerEnvironment().get("BECKON_MONGO_URI"), "beckon")
        .forEach((id, document) -> all.put("store " + id, document));
    // all of a queue together: it may hold a message twice, when a slow answer had it sent again
    queued()
        .forEach((queue, bodies) ->
            all.put(
                "queue " + queue.substring(queue.lastIndexOf('/') + 1),
                bytes(String.join("\n", bodies))));
    all.putAll(bucket(key -> key.startsWith(".beckon/")));
    all.put("keys in the bucket", bytes(String.join("\n", keys())));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        all.put(log.getFileName().toString(), Files.readAllBytes(log));
      }
    }
    return all;
  }

  /** What lies in the bucket under these keys. */
  Map<String, byte[]> bucket(Predicate<String> which) throws IOException {
    Map<String, byte[]> objects = new LinkedHashMap<>();
    for (String key : keys().stream().filter(which).toList()) {
      try (InputStream in = rig.cloud.bucket().read(key).orElseThrow()) {
        objects.put("bucket " + key, in.readAllBytes());
      }
    }
    return objects;
  }

  /** What waits on each queue; it comes back at once, for whoever works on it. */
  Map<String, List<String>> queued() {
    Map<String, List<String>> queued = new LinkedHashMap<>();
    try (SqsClient sqs = rig.sqs()) {
      for (String queue : queues()) {
        List<Message> got = new ArrayList<>();
        for (List<Message> some = take(sqs, queue); !some.isEmpty(); some = take(sqs, queue)) {
          got.addAll(some);
        }
        for (Message message : got) {
          sqs.changeMessageVisibility(
              m -> m.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
        }
        queued.put(
            queue, got.stream().map(Message::body).filter(body -> !madeUp.contains(body)).toList());
      }
    }
    return queued;
  }

  /**
   * Returns once no receiver of a worker that is gone waits: this SQS server gives such a one the
   * next message, which then is nowhere until its visibility time-out ends. Decoys go there first.
   */
  void untilNobodyReceives() {
    try (SqsClient sqs = rig.sqs()) {
      for (String queue : queues()) {
        List<Message> ours = List.of();
        while (ours.isEmpty()) {
          sqs.sendMessage(m -> m.queueUrl(queue).messageBody("import/decoy"));
          ours = take(sqs, queue);
        }
        for (Message decoy : ours) {
          sqs.deleteMessage(m -> m.queueUrl(queue).receiptHandle(decoy.receiptHandle()));
        }
      }
    }
  }

  /** Takes everything off the queues. */
  void empty() {
    try (SqsClient sqs = rig.sqs()) {
      queues().forEach(queue -> sqs.purgeQueue(m -> m.queueUrl(queue)));
    }
  }

  private static List<Message> take(SqsClient sqs, String queue) {
    return sqs.receiveMessage(
            m -> m.queueUrl(queue).maxNumberOfMessages(10).visibilityTimeout(30).waitTimeSeconds(0))
        .messages();
  }

  private List<String> keys() {
    return rig.cloud.bucket().list("", "", 1_000).stream().map(Listed::key).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
