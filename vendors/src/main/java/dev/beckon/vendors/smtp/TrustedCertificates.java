package dev.beckon.vendors.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS that trusts the system's authorities, or only the certificates given. */
final class TrustedCertificates {

  private TrustedCertificates() {}

  /**
   * @param pem PEM text or the {@code file:} URL of one; null for the system's authorities
   * @throws IllegalArgumentException when no certificate can be read there
   */
  static SSLSocketFactory sockets(@Nullable String pem) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, pem == null ? null : trust(pem).getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "trustedCertificates: give PEM certificates or the file: URL of them", e);
    }
  }

  private static TrustManagerFactory trust(String pem)
      throws GeneralSecurityException, IOException {
    byte[] bytes =
        pem.startsWith("file:")
            ? Files.readAllBytes(Path.of(URI.create(pem)))
            : pem.getBytes(StandardCharsets.UTF_8);
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(bytes))) {
      store.setCertificateEntry("trusted-" + number++, certificate);
    }
    if (number == 0) {
      throw new GeneralSecurityException("no certificate");
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
