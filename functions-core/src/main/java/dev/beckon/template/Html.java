package dev.beckon.template;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names in HTML that decide whether a value can be made harmless. */
final class Html {
  /** Elements whose text holds no tags, but whose entities are read: values can be escaped. */
  private static final Set<String> PLAIN_TEXT = Set.of("title", "textarea");

  /** Elements whose text is read as it is, or differently by different readers. */
  private static final Set<String> RAW_TEXT =
      Set.of("script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext");

  private static final Set<String> ADDRESSES =
      Set.of(
          "href",
          "src",
          "action",
          "formaction",
          "background",
          "poster",
          "cite",
          "data",
          "longdesc",
          "lowsrc",
          "dynsrc",
          "profile",
          "manifest",
          "codebase",
          "icon",
          "classid");

  /** Lists of addresses, scripts and documents in attributes. */
  private static final Set<String> NEVER =
      Set.of("style", "srcdoc", "srcset", "imagesrcset", "ping", "archive", "http-equiv");

  /** Elements that act on the whole message by any attribute, or set other attributes (SVG). */
  private static final Set<String> NEVER_IN =
      Set.of("script", "base", "link", "animate", "set", "animatemotion", "animatetransform");

  private Html() {}

  static boolean isPlainText(String tag) {
    return PLAIN_TEXT.contains(tag);
  }

  static boolean isRawText(String tag) {
    return RAW_TEXT.contains(tag);
  }

  /** Tells whether an attribute holds an address; {@code xlink:href} counts as {@code href}. */
  static boolean isAddress(String attribute) {
    return ADDRESSES.contains(local(attribute));
  }

  /** Returns why no value may stand in this attribute, or null if it may. */
  static @Nullable String refusal(String tag, String attribute) {
    if (NEVER_IN.contains(tag)) {
      return "values cannot be made safe in attributes of <" + tag + ">: write it out";
    }
    String name = local(attribute);
    boolean refresh = tag.equals("meta") && name.equals("content");
    if (name.startsWith("on") || NEVER.contains(name) || refresh) {
      return "values cannot be made safe in the attribute "
          + attribute
          + ": write it out, or"
          + " choose between whole attributes with {% if %}";
    }
    return null;
  }

  private static String local(String attribute) {
    return attribute.substring(attribute.lastIndexOf(':') + 1);
  }

  /**
   * Tells whether the beginning of an address settles where it leads, so that an encoded value may
   * follow: a harmless scheme, or a relative path beyond its first segment's end.
   */
  static boolean settles(String beginning) {
    String low = beginning.toLowerCase(Locale.ROOT);
    return switch (low) {
      case "http://", "https://", "mailto:", "tel:", "sms:" -> true;
      default -> {
        char last = low.charAt(low.length() - 1);
        boolean ends = last == '/' || last == '?' || last == '#';
        yield ends && low.indexOf(':') < 0 && low.indexOf('&') < 0;
      }
    };
  }
}
