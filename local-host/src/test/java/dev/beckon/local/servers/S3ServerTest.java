package dev.beckon.local.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class S3ServerTest {

  private static final String KEY = "kunden/incoming/Größe & Maß + 1.csv";

  private final List<String> events = new CopyOnWriteArrayList<>();
  private S3Server server;
  private S3Client s3;

  private void start(Path folder) {
    server =
        S3Server.start(new S3Server.Options(0, folder, S3Server.Options::isIncoming, events::add));
    server.createBucket("drops");
    server.createBucket("drops");
    s3 = server.client();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void putReadCopyDelete_inMemory_work() {
    start(null);
    s3.putObject(
        request -> request.bucket("drops").key(KEY), RequestBody.fromString("name;größe", UTF_8));

    assertThat(
            s3.getObjectAsBytes(request -> request.bucket("drops").key(KEY).range("bytes=5-"))
                .asUtf8String())
        .isEqualTo("größe");
    s3.copyObject(request ->
        request
            .sourceBucket("drops")
            .sourceKey(KEY)
            .destinationBucket("drops")
            .destinationKey("kunden/processed/x.csv"));
    s3.deleteObject(request -> request.bucket("drops").key(KEY));
    assertThatThrownBy(() -> s3.headObject(request -> request.bucket("drops").key(KEY)))
        .isInstanceOf(NoSuchKeyException.class);
    assertThat(
            s3.getObjectAsBytes(request -> request.bucket("drops").key("kunden/processed/x.csv"))
                .asUtf8String())
        .isEqualTo("name;größe");
    assertThat(events).hasSize(1);
  }

  @Test
  void event_nonAsciiKey_isReadByTheLambdaLibrary() {
    start(null);
    s3.putObject(request -> request.bucket("drops").key(KEY), RequestBody.fromString("12345"));
    String eTag = s3.headObject(request -> request.bucket("drops").key(KEY)).eTag();

    assertThat(events).singleElement().asString().contains("Gr%C3%B6%C3%9Fe+%26+Ma%C3%9F+%2B+1");
    S3EventNotificationRecord only = read(events.get(0)).getRecords().get(0);
    assertThat(only.getS3().getObject().getUrlDecodedKey()).isEqualTo(KEY);
    assertThat(only.getS3().getObject().getSizeAsLong()).isEqualTo(5);
    assertThat(eTag).isEqualTo("\"" + only.getS3().getObject().geteTag() + "\"");
    assertThat(only.getS3().getObject().getSequencer()).isNotBlank();
    assertThat(only.getS3().getObject().getVersionId()).isNullOrEmpty();
    assertThat(only.getS3().getBucket().getName()).isEqualTo("drops");
    assertThat(only.getEventName()).isEqualTo("ObjectCreated:Put");
    assertThat(only.getEventTime()).isNotNull();
  }

  @Test
  void multipart_onFiles_givesOneEventAtCompletion(@TempDir Path folder) {
    start(folder);
    byte[] part = new byte[5 << 20];
    String upload =
        s3.createMultipartUpload(request -> request.bucket("drops").key("f/incoming/big"))
            .uploadId();
    List<CompletedPart> parts =
        List.of(1, 2).stream()
            .map(number ->
                CompletedPart.builder()
                    .partNumber(number)
                    .eTag(
                        s3.uploadPart(
                                request ->
                                    request
                                        .bucket("drops")
                                        .key("f/incoming/big")
                                        .uploadId(upload)
                                        .partNumber(number),
                                RequestBody.fromBytes(part))
                            .eTag())
                    .build())
            .toList();
    assertThat(events).isEmpty();

    s3.completeMultipartUpload(request ->
        request
            .bucket("drops")
            .key("f/incoming/big")
            .uploadId(upload)
            .multipartUpload(all -> all.parts(parts)));

    S3EventNotificationRecord only = read(events.get(0)).getRecords().get(0);
    assertThat(events).hasSize(1);
    assertThat(only.getEventName()).isEqualTo("ObjectCreated:CompleteMultipartUpload");
    assertThat(only.getS3().getObject().getSizeAsLong()).isEqualTo(10 << 20);
  }

  @Test
  void keys_outsideIncoming_giveNoEvent() {
    start(null);
    for (String key :
        List.of("incoming/x", "f/processed/x", "f/incoming/", "a/b/incoming/x", "f/incomings/x")) {
      s3.putObject(request -> request.bucket("drops").key(key), RequestBody.fromString("x"));
    }
    s3.putObject(
        request -> request.bucket("drops").key("f/incoming/sub/x"), RequestBody.fromString("x"));

    assertThat(events).hasSize(1);
  }

  private static S3Event read(String json) {
    return LambdaEventSerializers.serializerFor(S3Event.class, S3Event.class.getClassLoader())
        .fromJson(json);
  }
}
