package dev.beckon.bed;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Searches bytes for texts that must not be there, however they are written. Immutable. */
public final class Traces {

  /** Shorter runs of digits are found everywhere. */
  private static final int MANY_DIGITS = 7;

  private final Map<String, String> secrets;

  /**
   * @param secrets what each is → the text
   */
  public Traces(Map<String, String> secrets) {
    this.secrets = new LinkedHashMap<>(secrets);
  }

  /** Which of the secrets these bytes hold, and how written. */
  public List<String> in(byte[] bytes) {
    List<String> found = new ArrayList<>();
    String latin = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    String exact = new String(bytes, StandardCharsets.ISO_8859_1);
    String digits = null;
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      String text = secret.getValue();
      for (Map.Entry<String, String> form : forms(text).entrySet()) {
        if (latin.contains(form.getValue())) {
          found.add(secret.getKey() + " " + form.getKey());
        }
      }
      for (String base64 : base64(text)) {
        if (exact.contains(base64)) {
          found.add(secret.getKey() + " in base64");
        }
      }
      String number = text.replaceAll("[^0-9]", "");
      if (text.matches("[+0-9 ()/-]+") && number.length() >= MANY_DIGITS) {
        digits = digits == null ? latin.replaceAll("(?<=[0-9])[ ./()-]{1,2}(?=[0-9])", "") : digits;
        if (digits.contains(number)) {
          found.add(secret.getKey() + " with separators");
        }
      }
    }
    return found;
  }

  public List<String> in(String text) {
    return in(text.getBytes(StandardCharsets.UTF_8));
  }

  /** In lower case, since the bytes are compared so. */
  private static Map<String, String> forms(String text) {
    Map<String, String> forms = new LinkedHashMap<>();
    String lower = text.toLowerCase(Locale.ROOT);
    forms.put("plain", latin(lower.getBytes(StandardCharsets.UTF_8)));
    forms.put("in UTF-16LE", latin(lower.getBytes(StandardCharsets.UTF_16LE)));
    forms.put("in UTF-16BE", latin(lower.getBytes(StandardCharsets.UTF_16BE)));
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    if (!encoded.equals(lower)) {
      forms.put("percent-encoded", encoded);
    }
    return forms;
  }

  /** The part that does not depend on neighbours, at each of the three places it may begin. */
  private static List<String> base64(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> shifted = new ArrayList<>();
    for (int skip = 0; skip < 3; skip++) {
      int length = (bytes.length - skip) / 3 * 3;
      if (length >= 6) {
        byte[] whole = Arrays.copyOfRange(bytes, skip, skip + length);
        shifted.add(Base64.getEncoder().encodeToString(whole));
        shifted.add(Base64.getUrlEncoder().encodeToString(whole));
      }
    }
    return shifted;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
