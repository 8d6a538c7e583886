package dev.beckon.access;

import dev.beckon.account.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The texts of keys: {@code beckon_<kind>_<id>_<secret>_<check>}. All of it is letters and digits,
 * so that a double click takes it whole and scanners for leaked secrets find it by its shape. The
 * check is keyed with a secret of the installation: what somebody mistyped or made up is told
 * without asking the store. It proves nothing by itself. Thread-safe.
 */
final class KeyTexts {
  static final int SECRET_BYTES = 32;
  static final int ID_LENGTH = 12;
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int SECRET_LENGTH = 43;
  private static final int CHECK_LENGTH = 8;
  private static final String PURPOSE = "beckon: check of api keys";

  private static final Pattern TEXT =
      Pattern.compile("(beckon_(test|team|live)_([a-z0-9]{12})_[0-9A-Za-z]{43})_([0-9A-Za-z]{8})");

  private final List<SecretKeySpec> keys = new ArrayList<>();

  /**
   * A text that was made here, by its look; whether it opens anything is for the store to say.
   *
   * @param digest what the store keeps of the whole text
   */
  record Read(String id, String digest) {}

  /**
   * @param secrets of the installation, the current one first; texts made under any of them are
   *     known
   */
  KeyTexts(SequencedMap<String, byte[]> secrets) {
    // a key of its own: what is made of the secrets for other purposes tells nothing of it
    secrets
        .values()
        .forEach(secret ->
            keys.add(
                new SecretKeySpec(
                    mac(new SecretKeySpec(secret, "HmacSHA256"), PURPOSE), "HmacSHA256")));
  }

  /** The text of a key. */
  Secret write(KeyKind kind, String id, byte[] secret) {
    String body =
        "beckon_"
            + kind.label()
            + "_"
            + id
            + "_"
            + digits(new BigInteger(1, secret), SECRET_LENGTH);
    return new Secret(body + "_" + check(keys.getFirst(), body));
  }

  /** Reads a text; empty when it was not made here or is not whole. */
  Optional<Read> read(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    byte[] check = matcher.group(4).getBytes(StandardCharsets.US_ASCII);
    boolean ours = false;
    for (SecretKeySpec key : keys) {
      byte[] right = check(key, matcher.group(1)).getBytes(StandardCharsets.US_ASCII);
      ours |= MessageDigest.isEqual(right, check);
    }
    return ours
        ? Optional.of(new Read(matcher.group(3), digest(matcher.group(1))))
        : Optional.empty();
  }

  /** What the store keeps of a text. */
  String digest(Secret text) {
    String whole = text.reveal();
    return digest(whole.substring(0, whole.length() - CHECK_LENGTH - 1));
  }

  private static String digest(String body) {
    try {
      // no salt and no slow hash: nobody can try 256 random bits
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(body.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static String check(SecretKeySpec key, String body) {
    return digits(new BigInteger(1, mac(key, body)), CHECK_LENGTH);
  }

  private static byte[] mac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
    }
  }

  /** The last digits of a number, as many as wanted. */
  private static String digits(BigInteger number, int length) {
    BigInteger base = BigInteger.valueOf(DIGITS.length());
    char[] text = new char[length];
    BigInteger rest = number;
    for (int i = length - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(base);
      text[i] = DIGITS.charAt(parts[1].intValue());
      rest = parts[0];
    }
    return new String(text);
  }
}
