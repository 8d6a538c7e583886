package dev.beckon.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * What a form may put in a bucket, and the signature that proves it, as <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html">S3
 * wants them</a>; the SDK signs requests, not policies.
 *
 * @param mostBytes of the file; an empty one is refused
 */
record PostPolicy(String bucket, String key, long mostBytes, Instant expires) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String HMAC = "HmacSHA256";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** The fields of the form, in the order they are sent; the file comes after them. */
  Map<String, String> fields(AwsCredentialsIdentity signer, String region, Instant now) {
    String day = DAY.format(now);
    Map<String, String> exact = new LinkedHashMap<>();
    exact.put("key", key);
    exact.put("x-amz-algorithm", ALGORITHM);
    exact.put(
        "x-amz-credential", signer.accessKeyId() + "/" + day + "/" + region + "/s3/aws4_request");
    exact.put("x-amz-date", SECOND.format(now));
    if (signer instanceof AwsSessionCredentialsIdentity session) {
      exact.put("x-amz-security-token", session.sessionToken());
    }
    String policy =
        Base64.getEncoder().encodeToString(document(exact).getBytes(StandardCharsets.UTF_8));
    Map<String, String> fields = new LinkedHashMap<>(exact);
    fields.put("policy", policy);
    fields.put("x-amz-signature", signature(signer.secretAccessKey(), day, region, policy));
    return fields;
  }

  private String document(Map<String, String> exact) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("expiration", EXPIRY.format(expires));
    ArrayNode conditions = document.putArray("conditions");
    conditions.addObject().put("bucket", bucket);
    exact.forEach((name, value) -> conditions.addObject().put(name, value));
    conditions.addArray().add("content-length-range").add(1).add(mostBytes);
    return document.toString();
  }

  /**
   * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html">Of
   * the policy in base64</a>.
   *
   * @param day such as {@code 20151229}
   */
  static String signature(String secretKey, String day, String region, String policy) {
    byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
    for (String scope : new String[] {day, region, "s3", "aws4_request"}) {
      key = hmac(key, scope);
    }
    return HexFormat.of().formatHex(hmac(key, policy));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + HMAC, e);
    }
  }
}
