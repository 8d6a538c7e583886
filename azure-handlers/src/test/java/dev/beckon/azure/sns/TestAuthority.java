package dev.beckon.azure.sns;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** An authority that makes certificates (RFC 5280, in DER), for tests. */
final class TestAuthority {
  private static final AtomicLong SERIALS = new AtomicLong(1);
  private static final String SHA256_WITH_RSA = "300d06092a864886f70d01010b0500";

  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private TestAuthority(String name, KeyPair keys, X509Certificate certificate) {
    this.name = name;
    this.keys = keys;
    this.certificate = certificate;
  }

  static KeyPair keys() {
    return keys(2048);
  }

  static KeyPair keys(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One that vouches for itself. */
  static TestAuthority root(String name, Instant from) {
    return root(name, keys(), from);
  }

  static TestAuthority root(String name, KeyPair keys, Instant from) {
    return new TestAuthority(
        name, keys, made(name, keys.getPrivate(), name, keys.getPublic(), from, true, "", ""));
  }

  /** One that this one vouches for. */
  TestAuthority between(String other, Instant from) {
    KeyPair theirs = keys();
    return new TestAuthority(
        other,
        theirs,
        made(name, keys.getPrivate(), other, theirs.getPublic(), from, true, "", ""));
  }

  X509Certificate certificate() {
    return certificate;
  }

  /**
   * A certificate of ten days.
   *
   * @param host for whom
   * @param issuer where the certificate says that this authority's own is; empty for nowhere
   */
  X509Certificate issue(String host, PublicKey key, Instant from, String issuer) {
    return made(name, keys.getPrivate(), host, key, from, false, host, issuer);
  }

  static String pem(X509Certificate... certificates) throws GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate one : certificates) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(one.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString();
  }

  private static X509Certificate made(
      String issuerName,
      PrivateKey signer,
      String subject,
      PublicKey key,
      Instant from,
      boolean authority,
      String host,
      String issuer) {
    List<byte[]> extensions = new ArrayList<>();
    if (authority) {
      extensions.add(extension("551d13", sequence(bytes(0x01, new byte[] {(byte) 0xff}))));
    }
    if (!host.isEmpty()) {
      extensions.add(extension("551d11", sequence(bytes(0x82, ascii(host)))));
    }
    if (!issuer.isEmpty()) {
      extensions.add(
          extension(
              "2b06010505070101",
              sequence(sequence(hex("06082b06010505073002"), bytes(0x86, ascii(issuer))))));
    }
    try {
      byte[] content =
          sequence(
              bytes(0xa0, hex("020102")),
              bytes(0x02, BigInteger.valueOf(SERIALS.getAndIncrement()).toByteArray()),
              hex(SHA256_WITH_RSA),
              name(issuerName),
              sequence(time(from), time(from.plus(Duration.ofDays(10)))),
              name(subject),
              key.getEncoded(),
              bytes(0xa3, sequence(extensions.toArray(byte[][]::new))));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(signer);
      signature.update(content);
      byte[] whole =
          sequence(
              content, hex(SHA256_WITH_RSA), bytes(0x03, joined(new byte[] {0}, signature.sign())));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] extension(String oid, byte[] value) {
    return sequence(bytes(0x06, hex(oid)), bytes(0x04, value));
  }

  private static byte[] name(String commonName) {
    return sequence(
        bytes(0x31, sequence(bytes(0x06, hex("550403")), bytes(0x0c, ascii(commonName)))));
  }

  private static byte[] time(Instant time) {
    return bytes(
        0x17,
        ascii(
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(time)));
  }

  private static byte[] sequence(byte[]... parts) {
    return bytes(0x30, joined(parts));
  }

  private static byte[] bytes(int tag, byte[] content) {
    byte[] length = BigInteger.valueOf(content.length).toByteArray();
    if (content.length < 128) {
      return joined(new byte[] {(byte) tag, (byte) content.length}, content);
    }
    return joined(new byte[] {(byte) tag, (byte) (0x80 | length.length)}, length, content);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
