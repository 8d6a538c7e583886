package dev.beckon.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.beckon.app.Application;
import dev.beckon.app.EntryPoint;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.azure.sns.SnsBed;
import dev.beckon.azurite.Azurite;
import dev.beckon.azurite.AzuriteOptions;
import dev.beckon.azurite.AzuriteUnavailableException;
import dev.beckon.bed.Plant;
import dev.beckon.bed.ScriptedVendor;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.s3.LocalS3;
import dev.beckon.s3.TestCredentials;
import dev.beckon.vendor.VendorCatalog;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The guide's variant whole: a file in S3, what SNS tells of it, the functions on Azure's queues.
 */
class S3WithAzureTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "stays/incoming/march.csv";
  private static final List<EntryPoint> FED =
      List.of(EntryPoint.FILE_DROP, EntryPoint.CHUNK, EntryPoint.DISPATCH_BULK);

  @TempDir Path folder;

  private final ScriptedVendor vendor = new ScriptedVendor("scripted");
  private MongoServer mongo;
  private Azurite azurite;
  private LocalS3 s3;
  private SnsBed sns;
  private Map<String, String> environment;

  @BeforeEach
  void start() throws Exception {
    try {
      azurite = Azurite.start(AzuriteOptions.standard());
    } catch (AzuriteUnavailableException e) {
      Assumptions.abort("skipped: " + e.getMessage());
    }
    mongo = new MongoServer(new MemoryBackend());
    mongo.bind();
    s3 = new LocalS3();
    try (S3Client client = LocalS3.client(s3.port())) {
      client.createBucket(request -> request.bucket("acme-surveys"));
    }
    sns = new SnsBed();
    secrets(TestCredentials.KEY);
    environment = new HashMap<>();
    environment.put("BECKON_MONGO_URI", mongo.getConnectionString());
    environment.put("BECKON_BUCKET", "s3://acme-surveys?region=eu-central-1");
    environment.put(
        "BECKON_SNS_TOPIC", "arn:aws:sns:eu-central-1:111122223333:S3EventNotification");
    environment.put("BECKON_S3_CREDENTIALS", "secret://s3");
    environment.put("BECKON_S3_ENDPOINT", "http://127.0.0.1:" + s3.port());
    environment.put("BECKON_FILES_QUEUE", azurite.queueEndpoint() + "/" + QueueNames.FILES);
    environment.put("BECKON_CHUNK_QUEUE", azurite.queueEndpoint() + "/" + QueueNames.CHUNKS);
    environment.put("BECKON_PRIORITY_QUEUE", azurite.queueEndpoint() + "/" + QueueNames.PRIORITY);
    environment.put("BECKON_BULK_QUEUE", azurite.queueEndpoint() + "/" + QueueNames.BULK);
    environment.put("BECKON_STORAGE", azurite.connectionString());
    environment.put("BECKON_SECRETS", "file:" + folder.resolve("secrets.json"));
    environment.put("BECKON_PUBLIC_URL", "https://beckon.example");
  }

  @AfterEach
  void stop() throws Exception {
    if (sns != null) {
      sns.close();
      s3.close();
      mongo.shutdownNow();
    }
    if (azurite != null) {
      azurite.close();
    }
  }

  private void secrets(String s3Key) throws Exception {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    Files.writeString(
        folder.resolve("secrets.json"),
        JSON.writeValueAsString(
            Map.of(
                "beckon-master-key",
                key,
                "beckon-hash-key",
                key,
                "s3",
                JSON.writeValueAsString(
                    Map.of("accessKeyId", TestCredentials.ID, "secretAccessKey", s3Key)))));
  }

  private int post(AzureApplication application, String body) {
    return new SnsFunction(application)
        .s3Events(
            TestRequest.of("POST", "/events/sns")
                .with("x-amz-sns-message-type", "Notification")
                .body(body),
            new TestContext(AzureFunctions.S3_EVENTS))
        .getStatusCode();
  }

  /** What the host does with the queues, until they are empty. */
  private static void work(AzurePlatform platform, AzureApplication application) {
    boolean busy = true;
    while (busy) {
      busy = false;
      for (EntryPoint point : FED) {
        QueueClient queue = platform.queueClient(point);
        for (QueueMessageItem message : queue.receiveMessages(32)) {
          busy = true;
          String body = message.getBody().toString();
          TestContext context = new TestContext(point.name());
          switch (point) {
            case FILE_DROP -> new FileDropFunction(application).fileDrop(body, context);
            case CHUNK -> new ChunkFunction(application).chunk(body, context);
            default -> new DispatchFunction(application).bulk(body, context);
          }
          queue.deleteMessage(message.getMessageId(), message.getPopReceipt());
        }
      }
    }
  }

  private static List<String> keys(ObjectStore objects, String folder) {
    return objects.list("stays/" + folder + "/", "", 9).stream()
        .map(ObjectStore.Listed::key)
        .toList();
  }

  @Test
  void file_inS3_isImportedOnceHoweverOftenSnsTells() throws Exception {
    RuntimeConfig config = RuntimeConfig.of(environment);
    try (AzurePlatform platform = new AzurePlatform(config);
        Application core =
            Application.start(config, platform, new VendorCatalog(List.of(vendor)))) {
      FED.forEach(point -> platform.queueClient(point).create());
      core.migrate();
      core.configure(Plant.ACCOUNT);
      FileMessages files = new FileMessages(URI.create(environment.get("BECKON_BUCKET")));
      AzureApplication one =
          new AzureApplication(
              core,
              platform.clock(),
              files,
              Optional.of(sns.door(platform.queue(EntryPoint.FILE_DROP))));
      AzureApplication other =
          new AzureApplication(
              core,
              platform.clock(),
              files,
              Optional.of(sns.door(platform.queue(EntryPoint.FILE_DROP))));
      ObjectStore objects = platform.objects();
      objects.write(KEY, "email,Vorname\nada@example.org,Ada\nnobody,Bob\n".getBytes(UTF_8));
      String told = sns.body(KEY);

      assertThat(post(one, told)).isEqualTo(200);
      work(platform, one);

      assertThat(vendor.given()).hasSize(1);
      assertThat(keys(objects, "incoming")).isEmpty();
      assertThat(keys(objects, "processed")).hasSize(1);
      assertThat(keys(objects, "rejected")).hasSize(1);
      try (InputStream rejected =
          objects.read(keys(objects, "rejected").getFirst()).orElseThrow()) {
        assertThat(new String(rejected.readAllBytes(), UTF_8)).contains("3,");
      }

      // the same again: at the same process, then at one that does not know of it
      assertThat(post(one, told)).isEqualTo(200);
      assertThat(post(other, told)).isEqualTo(200);
      work(platform, other);

      assertThat(vendor.given()).hasSize(1);
      assertThat(keys(objects, "processed")).hasSize(1);
      assertThat(post(one, told.replace("march", "april"))).isEqualTo(403);
    }
  }

  @Test
  void queue_isNotThere_snsIsAskedToComeAgain() {
    RuntimeConfig config = RuntimeConfig.of(environment);
    try (AzurePlatform platform = new AzurePlatform(config);
        Application core =
            Application.start(config, platform, new VendorCatalog(List.of(vendor)))) {
      AzureApplication application =
          new AzureApplication(
              core,
              platform.clock(),
              new FileMessages(URI.create(environment.get("BECKON_BUCKET"))),
              Optional.of(sns.door(platform.queue(EntryPoint.FILE_DROP))));
      String told = sns.body(KEY);
      assertThat(post(application, told)).isEqualTo(503);
      platform.queueClient(EntryPoint.FILE_DROP).create();

      assertThat(post(application, told)).isEqualTo(200);
      assertThat(platform.queueClient(EntryPoint.FILE_DROP).receiveMessages(9)).hasSize(1);
    }
  }

  @Test
  void s3Events_filesLieInAzure_isNotFound() {
    RuntimeConfig config = RuntimeConfig.of(environment);
    try (AzurePlatform platform = new AzurePlatform(config);
        Application core =
            Application.start(config, platform, new VendorCatalog(List.of(vendor)))) {
      assertThat(
              post(
                  new AzureApplication(
                      core, platform.clock(), new FileMessages(AzureFunctionsTest.CONTAINER)),
                  sns.body(KEY)))
          .isEqualTo(404);
    }
  }

  @Test
  void bucket_contradictedSettings_areAllNamed() {
    environment.put("BECKON_BUCKET", "https://acme.blob.core.windows.net/beckon-files");

    assertThat(problems())
        .hasSize(2)
        .allMatch(problem -> problem.contains("BECKON_BUCKET is not s3://<bucket>?region=<region>"))
        .anyMatch(problem -> problem.startsWith("BECKON_SNS_TOPIC "))
        .anyMatch(problem -> problem.startsWith("BECKON_S3_CREDENTIALS "));
  }

  @Test
  void bucket_inS3WithoutTheRest_namesWhatIsMissing() {
    environment.put("BECKON_BUCKET", "s3://acme-surveys");
    environment.put("BECKON_SNS_TOPIC", "");
    environment.put("BECKON_S3_CREDENTIALS", "AKIA-not-a-reference");

    assertThat(problems())
        .hasSize(3)
        .anyMatch(problem -> problem.startsWith("BECKON_BUCKET is not s3://"))
        .anyMatch(problem -> problem.startsWith("BECKON_SNS_TOPIC is missing"))
        .anyMatch(problem -> problem.startsWith("BECKON_S3_CREDENTIALS is not secret://"))
        .noneMatch(problem -> problem.contains("AKIA"));
  }

  private List<String> problems() {
    try {
      new AzurePlatform(RuntimeConfig.of(environment)).close();
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems();
    }
  }
}
