package dev.beckon.azure.sns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.azure.sns.SnsDoor.Answer;
import dev.beckon.bed.TestClock;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signature is worth what its certificate is: from SNS, made for it, in date, vouched for. */
class SigningCertificatesTest {
  private static final String OTHER =
      SignedPost.CERTIFICATE.replace("0123456789abcdef", "fedcba9876543210");
  private static final String OTHER_PEM =
      SnsBed.PEM.replace("0123456789abcdef", "fedcba9876543210");

  private SnsBed bed;

  @BeforeEach
  void open() throws Exception {
    bed = new SnsBed();
  }

  @AfterEach
  void close() throws Exception {
    bed.close();
  }

  private Answer post() {
    return bed.post(bed.news("stays/incoming/march.csv"));
  }

  private Answer with(X509Certificate... certificates) throws Exception {
    bed.sns.put(SnsBed.PEM, TestAuthority.pem(certificates));
    return post();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-central-1.amazonaws.com:443/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-central-1.amazonaws.com./SimpleNotificationService-0123456789abcdef.pem",
        "https://SNS.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-central-1.amazonaws.com@evil.example/SimpleNotificationService-0123456789abcdef.pem",
        "https://evil@sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-central-1.amazonaws.com.evil.example/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-central-1.amazonaws.com.cn/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://evil.s3.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://snsxeu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-central-1.amazonaws.com/../SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem?x",
        "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem\n",
        "https://sns.eu-central-1.amazonaws.com/other.pem",
        "https://127.0.0.1/SimpleNotificationService-0123456789abcdef.pem",
        "file:///etc/passwd",
        ""
      })
  void at_otherAddress_isRefusedUnasked(String address) {
    assertThat(bed.post(bed.news("k").with("SigningCertURL", address))).isEqualTo(Answer.REFUSED);
    assertThat(bed.sns.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sns.amazonaws.com",
        "sns.eu-central-1.amazonaws.com",
        "sns-signing.eu-central-1.amazonaws.com"
      })
  void at_certificateOfSns_isTaken(String host) throws Exception {
    assertThat(with(SnsBed.signer(host))).isEqualTo(Answer.TAKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "sns.us-east-1.amazonaws.com", "*.amazonaws.com"})
  void at_certificateOfSomebodyElse_isRefused(String host) throws Exception {
    assertThat(with(SnsBed.signer(host))).isEqualTo(Answer.REFUSED);
  }

  @Test
  void at_expiredOrNotYetValid_isRefused() throws Exception {
    X509Certificate expired =
        SnsBed.BETWEEN.issue(
            SnsBed.SIGNER,
            SnsBed.KEYS.getPublic(),
            TestClock.START.minus(Duration.ofDays(11)),
            "http://issuer.example/between.cer");
    X509Certificate early =
        SnsBed.BETWEEN.issue(
            SnsBed.SIGNER,
            SnsBed.KEYS.getPublic(),
            TestClock.START.plus(Duration.ofHours(1)),
            "http://issuer.example/between.cer");

    assertThat(with(expired)).isEqualTo(Answer.REFUSED);
    assertThat(with(early)).isEqualTo(Answer.REFUSED);
  }

  @Test
  void at_expiresWhileItIsKept_isRefusedFromThenOn() throws Exception {
    X509Certificate ending =
        SnsBed.BETWEEN.issue(
            SnsBed.SIGNER,
            SnsBed.KEYS.getPublic(),
            TestClock.START.minus(Duration.ofDays(10)).plus(Duration.ofHours(1)),
            "http://issuer.example/between.cer");
    assertThat(with(ending)).isEqualTo(Answer.TAKEN);
    bed.clock.advance(Duration.ofHours(2));

    assertThat(post()).isEqualTo(Answer.REFUSED);
  }

  @Test
  void at_takenFromItsAddress_isRefusedWithinADay() {
    assertThat(post()).isEqualTo(Answer.TAKEN);
    bed.sns.fail(SnsBed.PEM, 404);
    assertThat(post()).isEqualTo(Answer.TAKEN);
    bed.clock.advance(Duration.ofHours(25));

    assertThat(post()).isEqualTo(Answer.REFUSED);
  }

  @Test
  void at_chainThatCameAlong_needsNothingMore() throws Exception {
    X509Certificate silent =
        SnsBed.BETWEEN.issue(SnsBed.SIGNER, SnsBed.KEYS.getPublic(), SnsBed.BEFORE, "");

    assertThat(with(silent, SnsBed.BETWEEN.certificate())).isEqualTo(Answer.TAKEN);
    assertThat(bed.sns.asked).containsExactly(SnsBed.PEM);
  }

  @Test
  void at_noChainToAnAuthority_isRefused() throws Exception {
    TestAuthority own = TestAuthority.root("Somebody's Root", SnsBed.BEFORE);
    X509Certificate foreign = own.issue(SnsBed.SIGNER, SnsBed.KEYS.getPublic(), SnsBed.BEFORE, "");
    X509Certificate claimed =
        own.issue(
            SnsBed.SIGNER,
            SnsBed.KEYS.getPublic(),
            SnsBed.BEFORE,
            "http://issuer.example/between.cer");

    assertThat(with(foreign)).isEqualTo(Answer.REFUSED);
    assertThat(with(foreign, own.certificate())).isEqualTo(Answer.REFUSED);
    assertThat(with(claimed)).isEqualTo(Answer.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/between.cer",
        "http://issuer.example:81/between.cer",
        "file:///between.cer",
        "http://localhost/between.cer"
      })
  void at_issuerAtAnAddressWeDoNotAsk_isRefused(String issuer) throws Exception {
    X509Certificate certificate =
        SnsBed.BETWEEN.issue(SnsBed.SIGNER, SnsBed.KEYS.getPublic(), SnsBed.BEFORE, issuer);

    assertThat(with(certificate)).isEqualTo(Answer.REFUSED);
    assertThat(bed.sns.asked).containsExactly(SnsBed.PEM);
  }

  @Test
  void at_weakKey_isRefused() throws Exception {
    KeyPair weak = TestAuthority.keys(1024);
    X509Certificate certificate =
        SnsBed.BETWEEN.issue(
            SnsBed.SIGNER, weak.getPublic(), SnsBed.BEFORE, "http://issuer.example/between.cer");
    bed.sns.put(SnsBed.PEM, TestAuthority.pem(certificate));

    assertThat(bed.post(bed.news("k").signed(weak.getPrivate(), 2))).isEqualTo(Answer.REFUSED);
  }

  @Test
  void at_redirect_isNotFollowed() throws Exception {
    bed.sns.put(OTHER_PEM, TestAuthority.pem(SnsBed.signer(SnsBed.SIGNER)));
    bed.sns.redirect(SnsBed.PEM, OTHER);

    assertThat(post()).isEqualTo(Answer.REFUSED);
    assertThat(bed.sns.asked).containsExactly(SnsBed.PEM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
      })
  void at_whatIsNoCertificate_isRefused(String text) {
    bed.sns.put(SnsBed.PEM, text);

    assertThat(post()).isEqualTo(Answer.REFUSED);
  }

  @Test
  void at_endlessAnswer_isRefused() {
    bed.sns.put(SnsBed.PEM, "x".repeat(65 * 1024));

    assertThat(post()).isEqualTo(Answer.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void at_snsFails_isAskedForAgain(int status) throws Exception {
    bed.sns.fail(SnsBed.PEM, status);
    assertThat(post()).isEqualTo(Answer.LATER);
    bed.sns.put(SnsBed.PEM, TestAuthority.pem(SnsBed.signer(SnsBed.SIGNER)));

    assertThat(post()).isEqualTo(Answer.TAKEN);
  }

  @Test
  void at_addressAnsweredUnderAnotherName_isNotBelieved() throws Exception {
    try (SnsBed elsewhere = new SnsBed("evil.example")) {
      assertThat(elsewhere.post(elsewhere.news("k"))).isEqualTo(Answer.LATER);
      assertThat(elsewhere.sns.asked).isEmpty();
    }
  }
}
