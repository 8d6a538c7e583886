package dev.beckon.azure.platform;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.QueueServiceVersion;
import dev.beckon.filedrop.ObjectTickets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Builds the SDK's clients over shared connections: few retries, every wait bounded, service
 * versions pinned to what the emulator speaks as well. Thread-safe.
 */
final class AzureClients {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** One answer of queues, secrets and keys: small things, for which somebody waits. */
  private static final Duration QUICK = Duration.ofSeconds(5);

  /** One answer of blobs: blocks of 8 MiB go up, and 4 MiB come down. */
  private static final Duration BULKY = Duration.ofSeconds(60);

  private static final BlobServiceVersion BLOBS = BlobServiceVersion.V2026_06_06;
  private static final QueueServiceVersion QUEUES = QueueServiceVersion.V2026_04_06;

  private final HttpClient quick;
  private final HttpClient bulky;
  private final TokenCredential identity;
  private final @Nullable StorageSharedKeyCredential key;

  AzureClients(
      HttpClient quick,
      HttpClient bulky,
      TokenCredential identity,
      @Nullable StorageSharedKeyCredential key) {
    this.quick = quick;
    this.bulky = bulky;
    this.identity = identity;
    this.key = key;
  }

  /**
   * Connects to nothing yet.
   *
   * @param connectionString of the storage account, where there is no identity; empty: the identity
   * @throws IllegalArgumentException when it is none
   */
  static AzureClients of(String connectionString) {
    return of(connectionString, BULKY);
  }

  /**
   * @param bulky how long one answer of blobs may take
   */
  static AzureClients of(String connectionString, Duration bulky) {
    HttpClient quick = http(QUICK);
    return new AzureClients(
        quick,
        http(bulky),
        AzureIdentity.credential(quick),
        connectionString.isEmpty()
            ? null
            : StorageSharedKeyCredential.fromConnectionString(connectionString));
  }

  /** On the JDK's client, by HTTP/1.1: Azure Storage speaks no other. */
  static HttpClient http(Duration answer) {
    return new JdkHttpClientBuilder(
            java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1))
        .connectionTimeout(CONNECT)
        .responseTimeout(answer)
        .readTimeout(answer)
        .writeTimeout(answer)
        .build();
  }

  BlobContainerClient container(URI address) {
    BlobContainerClientBuilder builder =
        new BlobContainerClientBuilder()
            .endpoint(address.toString())
            .httpClient(bulky)
            .retryOptions(retries(4, BULKY))
            .serviceVersion(BLOBS);
    return (key == null ? builder.credential(identity) : builder.credential(key)).buildClient();
  }

  /** Tickets for a container, signed by whoever its client signs in as. */
  ObjectTickets tickets(BlobContainerClient container, Clock clock) {
    return new BlobTickets(container, key == null, clock);
  }

  /** A hint is small: a call that takes seconds is lost, and Sweep makes up for it. */
  QueueClient queue(URI address) {
    QueueClientBuilder builder =
        new QueueClientBuilder()
            .endpoint(address.toString())
            .httpClient(quick)
            .retryOptions(retries(2, QUICK))
            .messageEncoding(QueueMessageEncoding.BASE64)
            .serviceVersion(QUEUES);
    return (key == null ? builder.credential(identity) : builder.credential(key)).buildClient();
  }

  /** A secret is asked for while somebody waits for a vendor to be built. */
  SecretClient secrets(URI vault) {
    return new SecretClientBuilder()
        .vaultUrl(vault.toString())
        .credential(identity)
        .httpClient(quick)
        .retryOptions(retries())
        .buildClient();
  }

  /**
   * A key that is used where it lies: without the cache the SDK would fetch its public half and
   * wrap here, of which no log of the vault tells.
   */
  CryptographyClient cryptography(String key) {
    return new CryptographyClientBuilder()
        .keyIdentifier(key)
        .credential(identity)
        .httpClient(quick)
        .retryOptions(retries())
        .disableKeyCaching()
        .buildClient();
  }

  private static RequestRetryOptions retries(int tries, Duration each) {
    return new RequestRetryOptions(
        RetryPolicyType.EXPONENTIAL,
        tries,
        each,
        Duration.ofMillis(300),
        Duration.ofSeconds(3),
        null);
  }

  private static RetryOptions retries() {
    return new RetryOptions(
        new ExponentialBackoffOptions()
            .setMaxRetries(1)
            .setBaseDelay(Duration.ofMillis(300))
            .setMaxDelay(Duration.ofSeconds(1)));
  }
}
