package dev.beckon.azure.sns;

import dev.beckon.azure.sns.SnsDoor.Answer;
import dev.beckon.bed.TestClock;
import dev.beckon.memory.MemoryWorkQueue;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.s3.S3Location;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A door, SNS's addresses as it sees them, and what is behind the door. */
public final class SnsBed implements AutoCloseable {
  static final String PEM = "/SimpleNotificationService-0123456789abcdef.pem";
  static final String SIGNER = "sns.amazonaws.com";
  static final S3Settings SETTINGS =
      new S3Settings(
          new S3Location("acme-surveys", "eu-central-1"),
          SnsTopic.parse(SignedPost.TOPIC),
          URI.create("secret://s3"));

  static final Instant BEFORE = TestClock.START.minus(Duration.ofDays(1));
  static final TestAuthority ROOT = TestAuthority.root("Test Root", BEFORE);
  static final TestAuthority BETWEEN = ROOT.between("Test Issuer", BEFORE);
  static final KeyPair KEYS = TestAuthority.keys();

  final TestClock clock = new TestClock();
  final MemoryWorkQueue files = new MemoryWorkQueue();
  final FakeSns sns;
  final SnsDoor door;

  public SnsBed() throws IOException, GeneralSecurityException {
    this(FakeSns.HOST);
  }

  /**
   * @param host in whose name the TLS certificate of SNS's address is
   */
  SnsBed(String host) throws IOException, GeneralSecurityException {
    sns = new FakeSns(host);
    sns.put(PEM, TestAuthority.pem(signer(SIGNER)));
    sns.put("/between.cer", TestAuthority.pem(BETWEEN.certificate()));
    door = another();
  }

  /** Another process of the same app. */
  SnsDoor another() {
    return door(files);
  }

  /** A door with another queue behind it. */
  public SnsDoor door(WorkQueue queue) {
    SnsSite site = sns.client();
    TrustedChains chains =
        new TrustedChains(Set.of(new TrustAnchor(ROOT.certificate(), null)), site);
    return new SnsDoor(SETTINGS, site, chains, queue, clock);
  }

  static X509Certificate signer(String host) {
    return BETWEEN.issue(host, KEYS.getPublic(), BEFORE, "http://issuer.example/between.cer");
  }

  static String created(String key) {
    return """
    {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "eu-central-1",
      "eventTime": "2026-03-02T09:00:00.000Z", "eventName": "ObjectCreated:Put",
      "s3": {"bucket": {"name": "acme-surveys"}, "object": {"key": "%s", "size": 120}}}]}
    """
        .formatted(key);
  }

  /** A sound notification of a file. */
  SignedPost news(String key) {
    return SignedPost.notification(created(key), clock.instant()).signed(KEYS.getPrivate(), 2);
  }

  /** The body of a sound notification of a file. */
  public String body(String key) {
    return news(key).body();
  }

  Answer post(SignedPost post) {
    return door.take(post.kind(), "", post.body());
  }

  @Override
  public void close() throws IOException {
    sns.close();
  }
}
