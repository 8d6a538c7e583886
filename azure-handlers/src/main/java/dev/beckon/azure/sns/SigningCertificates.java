package dev.beckon.azure.sns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The certificates that SNS signs with, fetched from where it keeps them, checked whole and kept
 * for a day. Thread-safe.
 */
final class SigningCertificates {
  private static final Duration KEPT = Duration.ofDays(1);

  /** More than SNS has at any time; only what passed all checks is kept. */
  private static final int MOST_KEPT = 8;

  /** Bounds what somebody who invents addresses makes us ask for at once. */
  private static final int AT_ONCE = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int FEWEST_BITS = 2048;

  private record Kept(X509Certificate certificate, Instant until) {}

  private final SnsTopic topic;
  private final SnsSite site;
  private final TrustedChains chains;
  private final Clock clock;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final Semaphore asking = new Semaphore(AT_ONCE);

  SigningCertificates(SnsTopic topic, SnsSite site, TrustedChains chains, Clock clock) {
    this.topic = topic;
    this.site = site;
    this.chains = chains;
    this.clock = clock;
  }

  /**
   * The key of the certificate at an address.
   *
   * @throws SnsRefusedException when the address or the certificate is not SNS's, or out of date
   * @throws IOException when it cannot be asked for now
   */
  PublicKey at(String address) throws SnsRefusedException, IOException {
    if (!topic.keepsCertificate(address)) {
      throw new SnsRefusedException(
          "its SigningCertURL is not where SNS keeps certificates of the topic's region");
    }
    Instant now = clock.instant();
    Kept known = kept.get(address);
    if (known == null || now.isAfter(known.until())) {
      known = new Kept(ask(URI.create(address), now), now.plus(KEPT));
      if (kept.size() >= MOST_KEPT) {
        kept.clear();
      }
      kept.put(address, known);
    }
    requireInDate(known.certificate(), now);
    return known.certificate().getPublicKey();
  }

  private X509Certificate ask(URI address, Instant now) throws SnsRefusedException, IOException {
    try {
      if (!asking.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("certificates are being asked for already");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    try {
      byte[] answer =
          site.get(address)
              .orElseThrow(() -> new SnsRefusedException("SNS has no certificate at that address"));
      List<X509Certificate> certificates = parse(answer);
      X509Certificate first = certificates.getFirst();
      requireInDate(first, now);
      requireSigner(first);
      chains.require(first, certificates, now);
      return first;
    } finally {
      asking.release();
    }
  }

  static List<X509Certificate> parse(byte[] bytes) throws SnsRefusedException {
    try {
      Collection<? extends java.security.cert.Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes));
      List<X509Certificate> certificates = found.stream().map(X509Certificate.class::cast).toList();
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (CertificateException e) {
      throw new SnsRefusedException("what was to be a certificate is none", e);
    }
    throw new SnsRefusedException("what was to be a certificate is none");
  }

  private static void requireInDate(X509Certificate certificate, Instant now)
      throws SnsRefusedException {
    try {
      certificate.checkValidity(Date.from(now));
    } catch (CertificateException e) {
      throw new SnsRefusedException("its certificate has expired, or is not valid yet", e);
    }
  }

  private void requireSigner(X509Certificate certificate) throws SnsRefusedException {
    if (!(certificate.getPublicKey() instanceof RSAPublicKey key)
        || key.getModulus().bitLength() < FEWEST_BITS) {
      throw new SnsRefusedException("its certificate has no RSA key of 2,048 bits or more");
    }
    try {
      boolean ours =
          Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
              .flatMap(Collection::stream)
              .anyMatch(name -> topic.signers().contains(String.valueOf(name.get(1))));
      if (!ours) {
        throw new SnsRefusedException("its certificate was made for somebody else than SNS");
      }
    } catch (CertificateException e) {
      throw new SnsRefusedException("its certificate names nobody", e);
    }
  }
}
