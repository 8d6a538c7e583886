package dev.beckon.azure.platform;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.queue.QueueClient;
import dev.beckon.account.CachedSecrets;
import dev.beckon.account.FileSecrets;
import dev.beckon.account.Secrets;
import dev.beckon.app.EntryPoint;
import dev.beckon.app.Platform;
import dev.beckon.azure.sns.S3Settings;
import dev.beckon.azure.telemetry.AzureTelemetry;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.config.ShiftedClock;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.s3.S3Location;
import dev.beckon.s3.S3ObjectStore;
import dev.beckon.s3.S3Tickets;
import dev.beckon.telemetry.Telemetry;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Beckon's platform on Azure: Queue Storage, Blob Storage and Key Vault, and one client of each per
 * process. Thread-safe.
 */
public final class AzurePlatform implements Platform {
  private static final String FILE = "file:";
  private static final String VAULT = "keyvault";

  /** Account and container or queue; an emulator's path begins with the account. */
  private static final Pattern PLACE = Pattern.compile("https?://[^/\\s?#]+(/[^/\\s?#]+){1,2}");

  private static final Pattern SECRETS_PLACE = Pattern.compile(VAULT + ":https://[^/\\s?#]+/?");

  private final Clock clock;
  private final Telemetry telemetry;
  private final AzureClients clients;
  private final Secrets secrets;
  private final @Nullable BlobContainerClient container;
  private final @Nullable S3Client s3;
  private final ObjectStore objects;
  private final ObjectTickets tickets;
  private final Map<EntryPoint, QueueClient> queueClients = new EnumMap<>(EntryPoint.class);
  private final Map<EntryPoint, WorkQueue> queues = new EnumMap<>(EntryPoint.class);

  /**
   * Builds the clients; opens no connection yet.
   *
   * @throws ConfigurationException naming every value that means nothing on Azure
   */
  public AzurePlatform(RuntimeConfig config) {
    check(config);
    clock = ShiftedClock.of(config);
    telemetry = AzureTelemetry.of(config);
    clients = AzureClients.of(config.text(ConfigKey.STORAGE));
    secrets = secrets(config.text(ConfigKey.SECRETS));
    Optional<S3Settings> bucket = S3Settings.of(config);
    if (bucket.isPresent()) {
      container = null;
      s3 = bucket.get().client(config, secrets);
      objects = new S3ObjectStore(s3, bucket.get().location().bucket());
      tickets = new S3Tickets(s3, bucket.get().location().bucket(), Clock.systemUTC());
    } else {
      container = clients.container(URI.create(config.text(ConfigKey.BUCKET)));
      s3 = null;
      objects = new BlobObjectStore(container);
      tickets = clients.tickets(container, Clock.systemUTC());
    }
    EntryPoint.queues()
        .forEach((target, key) -> {
          QueueClient client = clients.queue(URI.create(config.text(key)));
          queueClients.put(target, client);
          queues.put(target, new StorageWorkQueue(client));
        });
  }

  private static void check(RuntimeConfig config) {
    List<String> problems = new ArrayList<>();
    String bucket = config.text(ConfigKey.BUCKET);
    if (!S3Location.isMeant(bucket) && !PLACE.matcher(bucket).matches()) {
      problems.add(
          ConfigKey.BUCKET.variable()
              + " must be the address of a blob container such as"
              + " https://<account>.blob.core.windows.net/beckon-files, or s3://<bucket>?region=<region>");
    }
    EntryPoint.queues().values().stream()
        .sorted()
        .filter(key -> !PLACE.matcher(config.text(key)).matches())
        .forEach(key ->
            problems.add(
                key.variable()
                    + " must be the address of a storage queue such as"
                    + " https://<account>.queue.core.windows.net/beckon-bulk"));
    String where = config.text(ConfigKey.SECRETS);
    if (!SECRETS_PLACE.matcher(where).matches() && !isFile(where)) {
      problems.add(
          ConfigKey.SECRETS.variable()
              + " must be file:<path> of a JSON file, or keyvault:https://<vault>.vault.azure.net/");
    }
    AzureTelemetry.problem(config).ifPresent(problems::add);
    String storage = config.text(ConfigKey.STORAGE);
    if (!storage.isEmpty()
        && !(storage.contains("AccountName=") && storage.contains("AccountKey="))) {
      problems.add(
          ConfigKey.STORAGE.variable()
              + " must be a connection string with AccountName and AccountKey; leave it empty to use"
              + " the managed identity");
    }
    problems.addAll(S3Settings.problems(config));
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static boolean isFile(String where) {
    return where.startsWith(FILE) && where.length() > FILE.length();
  }

  private Secrets secrets(String where) {
    if (isFile(where)) {
      return new FileSecrets(Path.of(where.substring(FILE.length())), clock);
    }
    URI vault = URI.create(where.substring(VAULT.length() + 1));
    return new CachedSecrets(new KeyVaultSecrets(clients.secrets(vault), vault), clock);
  }

  @Override
  public ObjectStore objects() {
    return objects;
  }

  /** By the real time, whatever this process takes for the time. */
  @Override
  public Optional<ObjectTickets> tickets() {
    return Optional.of(tickets);
  }

  @Override
  public WorkQueue queue(EntryPoint target) {
    return fed(queues, target);
  }

  /** For a host that looks at the queue of an entry point itself. */
  public QueueClient queueClient(EntryPoint target) {
    return fed(queueClients, target);
  }

  private static <T> T fed(Map<EntryPoint, T> queues, EntryPoint target) {
    T queue = queues.get(target);
    if (queue == null) {
      throw new IllegalArgumentException("no queue feeds " + target);
    }
    return queue;
  }

  /**
   * A queue by its address, such as a queue of given-up messages; for a host that looks at it
   * itself.
   */
  public QueueClient queueClient(URI address) {
    return clients.queue(address);
  }

  /** For a host that looks at the container itself; empty where files lie in S3. */
  public Optional<BlobContainerClient> container() {
    return Optional.ofNullable(container);
  }

  @Override
  public Secrets secrets() {
    return secrets;
  }

  @Override
  public KeyWrapper masterKey(URI reference) {
    if (!VAULT.equals(reference.getScheme())) {
      return Platform.super.masterKey(reference);
    }
    return new KeyVaultKeys(
        clients::cryptography, reference.getSchemeSpecificPart(), clock, new SecureRandom());
  }

  @Override
  public Telemetry telemetry() {
    return telemetry;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  /** The JDK's client, beneath Azure's, ends its connections when nobody holds it any more. */
  @Override
  public void close() {
    telemetry.close();
    if (s3 != null) {
      s3.close();
    }
  }
}
