package dev.beckon.azure.sns;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Requires that a certificate goes back to an authority the JDK trusts. SNS hands out its
 * certificate alone: the one in between is fetched from where the certificate itself says (RFC
 * 5280, section 4.2.2.1). Thread-safe.
 */
final class TrustedChains {
  private static final String AUTHORITY_INFORMATION = "1.3.6.1.5.5.7.1.1";

  /** "Issuers" (1.3.6.1.5.5.7.48.2), then an address, whose length of one byte follows. */
  private static final Pattern ISSUER =
      Pattern.compile(
          "\\x06\\x08\\x2b\\x06\\x01\\x05\\x05\\x07\\x30\\x02\\x86(?<rest>[\\x01-\\x7f].*)",
          Pattern.DOTALL);

  /** Of a host with a name, on the usual port; what is there proves itself by its signature. */
  private static final Pattern ADDRESS =
      Pattern.compile("https?://([a-z0-9-]+[.])+[a-z][a-z0-9-]*/[A-Za-z0-9._/-]*");

  private static final int MOST_FETCHED = 2;

  private final Set<TrustAnchor> anchors;
  private final SnsSite site;

  TrustedChains(Set<TrustAnchor> anchors, SnsSite site) {
    this.anchors = anchors;
    this.site = site;
  }

  /** Back to the authorities that the JDK brings. */
  static TrustedChains ofJdk(SnsSite site) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      Set<TrustAnchor> anchors = new HashSet<>();
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager known) {
          Arrays.stream(known.getAcceptedIssuers())
              .map(root -> new TrustAnchor(root, null))
              .forEach(anchors::add);
        }
      }
      return new TrustedChains(anchors, site);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no authorities to trust", e);
    }
  }

  /**
   * Fails unless there is a chain.
   *
   * @param given what came with the certificate, itself included
   * @throws IOException when a certificate in between cannot be asked for now
   */
  void require(X509Certificate certificate, List<X509Certificate> given, Instant now)
      throws SnsRefusedException, IOException {
    List<X509Certificate> known = new ArrayList<>(given);
    X509Certificate top = certificate;
    for (int fetched = 0; ; fetched++) {
      try {
        build(certificate, known, now);
        return;
      } catch (CertPathBuilderException e) {
        Optional<URI> issuer = fetched == MOST_FETCHED ? Optional.empty() : issuer(top);
        Optional<byte[]> answer = issuer.isEmpty() ? Optional.empty() : site.get(issuer.get());
        if (answer.isEmpty()) {
          throw new SnsRefusedException("its certificate goes back to no authority we trust", e);
        }
        top = SigningCertificates.parse(answer.get()).getFirst();
        known.add(top);
      } catch (GeneralSecurityException e) {
        throw new SnsRefusedException("its certificate's chain cannot be built", e);
      }
    }
  }

  private void build(X509Certificate certificate, List<X509Certificate> known, Instant now)
      throws GeneralSecurityException {
    X509CertSelector selector = new X509CertSelector();
    selector.setCertificate(certificate);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, selector);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
    parameters.setDate(Date.from(now));
    // AWS withdraws a signing certificate by taking it from its address, which we ask each day
    parameters.setRevocationEnabled(false);
    CertPathBuilder.getInstance("PKIX").build(parameters);
  }

  private static Optional<URI> issuer(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(AUTHORITY_INFORMATION);
    if (extension == null) {
      return Optional.empty();
    }
    Matcher found = ISSUER.matcher(new String(extension, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      return Optional.empty();
    }
    String rest = found.group("rest");
    int length = rest.charAt(0);
    if (rest.length() <= length) {
      return Optional.empty();
    }
    String address = rest.substring(1, 1 + length);
    return ADDRESS.matcher(address).matches() ? Optional.of(URI.create(address)) : Optional.empty();
  }
}
