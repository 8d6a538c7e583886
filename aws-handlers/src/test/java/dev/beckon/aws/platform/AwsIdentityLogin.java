package dev.beckon.aws.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * The server's side of MONGODB-AWS: the client signs a GetCallerIdentity request over the server's
 * nonce, which a real server passes on to STS. This one plays STS as well: it knows one identity.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Signature
 *     Version 4</a>
 */
final class AwsIdentityLogin implements MongoDoor.Login {
  private static final String BODY = "Action=GetCallerIdentity&Version=2011-06-15";
  private static final String HOST = "sts.eu-central-1.amazonaws.com";
  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([a-z0-9-]+)/sts/aws4_request,"
              + " ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");

  /** What STS knows of a role's temporary credentials. */
  record Identity(String keyId, String secret, String sessionToken) {}

  private final Identity known;
  private byte[] nonce;

  private AwsIdentityLogin(Identity known) {
    this.known = known;
  }

  static Supplier<MongoDoor.Login> knowing(Identity identity) {
    return () -> new AwsIdentityLogin(identity);
  }

  @Override
  public BsonDocument next(BsonDocument message) throws MongoDoor.Refused {
    if (nonce == null) {
      byte[] theirs = message.getBinary("r").getData();
      nonce = Arrays.copyOf(theirs, 64);
      Arrays.fill(nonce, 32, 64, (byte) 5);
      return new BsonDocument("s", new BsonBinary(nonce)).append("h", new BsonString(HOST));
    }
    Matcher header = HEADER.matcher(message.getString("a").getValue());
    require(header.matches(), "not an authorization header");
    require(header.group(1).equals(known.keyId()), "unknown access key");
    String token = message.containsKey("t") ? message.getString("t").getValue() : "";
    require(token.equals(known.sessionToken()), "wrong session token");
    String date = message.getString("d").getValue();

    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("content-length", Integer.toString(BODY.length()));
    headers.put("content-type", "application/x-www-form-urlencoded");
    headers.put("host", HOST);
    headers.put("x-amz-date", date);
    headers.put("x-amz-security-token", token);
    headers.put("x-mongodb-gs2-cb-flag", "n");
    headers.put("x-mongodb-server-nonce", Base64.getEncoder().encodeToString(nonce));
    List<String> signed = List.of(header.group(4).split(";", -1));
    require(signed.equals(List.copyOf(headers.keySet())), "signed headers are " + signed);

    StringBuilder request = new StringBuilder("POST\n/\n\n");
    headers.forEach((name, value) -> request.append(name + ":" + value + "\n"));
    request.append("\n" + header.group(4) + "\n" + sha256(BODY));
    String scope = header.group(2) + "/" + header.group(3) + "/sts/aws4_request";
    String toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + sha256(request.toString());
    byte[] key = hmac(("AWS4" + known.secret()).getBytes(StandardCharsets.UTF_8), header.group(2));
    for (String part : List.of(header.group(3), "sts", "aws4_request")) {
      key = hmac(key, part);
    }
    String right = HexFormat.of().formatHex(hmac(key, toSign));
    require(right.equals(header.group(5)), "wrong signature");
    return null;
  }

  private static void require(boolean holds, String why) throws MongoDoor.Refused {
    if (!holds) {
      throw new MongoDoor.Refused(why);
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
