package dev.beckon.local.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 stand-in (S3Proxy) on loopback that publishes object-created events. Path-style addresses,
 * one pair of credentials. Thread-safe. Use {@code apache5-client}: with the URL-connection client
 * a tenth of the puts break and land twice.
 */
public final class S3Server implements AutoCloseable {

  /** The access key of the only user. */
  public static final String ACCESS_KEY = "local";

  /** Guards nothing but a loopback port. */
  public static final String SECRET_KEY = "local-loopback-only";

  private final S3Proxy proxy;
  private final BlobStore store;
  private final S3Client client;

  private S3Server(S3Proxy proxy, BlobStore store) {
    this.proxy = proxy;
    this.store = store;
    this.client = newClient();
  }

  /**
   * What to start.
   *
   * @param port of loopback; 0 takes a free one
   * @param folder where objects are kept as files; null keeps them in memory
   * @param publishes which keys give an event, as plain Unicode
   * @param events takes each event as the JSON that S3 sends to a queue or function; called on the
   *     thread of the request, after the object exists and before the client is answered
   */
  public record Options(
      int port, @Nullable Path folder, Predicate<String> publishes, Consumer<String> events) {

    /** In memory, on a free port, with events for files dropped in {@code <feed>/incoming/}. */
    public static Options inMemory(Consumer<String> events) {
      return new Options(0, null, Options::isIncoming, events);
    }

    /** The drop rule: one folder per feed, files in its {@code incoming} or {@code check}. */
    public static boolean isIncoming(String key) {
      int feed = key.indexOf('/');
      return feed > 0
          && (key.startsWith("/incoming/", feed) || key.startsWith("/check/", feed))
          && !key.endsWith("/");
    }
  }

  /** Returns once requests are answered. */
  public static S3Server start(Options options) {
    try {
      BlobStore files =
          options.folder() == null
              ? new TransientNio2BlobStore()
              : new FilesystemNio2BlobStore(Files.createDirectories(options.folder()).toString());
      BlobStore store = new NotifyingBlobStore(files, options.publishes(), options.events());
      S3Proxy proxy =
          S3Proxy.builder()
              .blobStore(store)
              .endpoint(URI.create("http://127.0.0.1:" + options.port()))
              .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
              // what a newer client adds is no reason to refuse it
              .ignoreUnknownHeaders(true)
              .stopTimeout(0)
              .build();
      proxy.start();
      return new S3Server(proxy, store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the S3 server did not start", e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /** A client of this server, closed with it. */
  public S3Client client() {
    return client;
  }

  /** A client of its own, for the caller to close. */
  public S3Client newClient() {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .forcePathStyle(true)
        .region(Region.of(SqsServer.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(64))
        .build();
  }

  /** Makes an empty bucket; silent when it exists. */
  public void createBucket(String name) {
    if (client.listBuckets().buckets().stream().noneMatch(bucket -> bucket.name().equals(name))) {
      client.createBucket(request -> request.bucket(name));
    }
  }

  @Override
  public void close() {
    client.close();
    try {
      proxy.stop();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the S3 server did not stop", e);
    } finally {
      store.close();
    }
  }
}
