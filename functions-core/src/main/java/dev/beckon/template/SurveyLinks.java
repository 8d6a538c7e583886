package dev.beckon.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The compiled pattern of a dispatch's survey links, such as {@code
 * https://survey.example/{token}?store={store}}. Every value is percent-encoded, so none can leave
 * its path segment or parameter, and none may choose scheme or host. Immutable and thread-safe.
 */
public final class SurveyLinks {
  /** The longest pattern, in characters. */
  public static final int MAX_PATTERN = 2048;

  /** What stands for a token's signature; no field can have this name. */
  public static final String SIGNATURE = "token/signature";

  private static final String TOKEN = "token";
  private static final Set<String> BUILT_IN = Set.of(TOKEN, "language");

  /** Literal text, then a value unless the name is null. */
  private record Step(String text, @Nullable String name) {}

  private final List<Step> steps;

  private SurveyLinks(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** Links that are all the same but for the token behind {@code base}. */
  public static SurveyLinks toToken(String base) {
    return new SurveyLinks(List.of(new Step(base, TOKEN)));
  }

  /** The same with a slash and the token's {@link #SIGNATURE} behind it. */
  public static SurveyLinks toSignedToken(String base) {
    return new SurveyLinks(List.of(new Step(base, TOKEN), new Step("/", SIGNATURE)));
  }

  /**
   * Compiles a pattern.
   *
   * @param names the names a recipient may have values for; {@code token} and {@code language} are
   *     always there
   * @throws TemplateException with every problem found
   */
  public static SurveyLinks compile(String pattern, Set<String> names) throws TemplateException {
    Problems problems = new Problems(pattern);
    Set<String> known = new HashSet<>(names);
    known.addAll(BUILT_IN);
    if (pattern.length() > MAX_PATTERN) {
      problems.add(0, "the link is longer than " + MAX_PATTERN + " characters: shorten it");
      problems.throwIfAny();
    }
    int hostEnd = hostEnd(pattern, problems);
    List<Step> steps = new ArrayList<>();
    boolean token = false;
    int at = 0;
    while (at < pattern.length()) {
      int open = pattern.indexOf('{', at);
      int end = open < 0 ? pattern.length() : open;
      check(pattern, at, end, problems);
      String text = pattern.substring(at, end);
      if (open < 0) {
        steps.add(new Step(text, null));
        break;
      }
      int close = pattern.indexOf('}', open);
      if (close < 0) {
        problems.add(open, "\"{\" is never closed: end it with \"}\"");
        break;
      }
      String name = pattern.substring(open + 1, close);
      if (!known.contains(name)) {
        problems.add(open, "unknown name \"" + name + "\": " + Near.remedy(name, known));
      } else if (open < hostEnd) {
        problems.add(open, "a value cannot be part of scheme or host: write them out");
      }
      token |= name.equals(TOKEN);
      steps.add(new Step(text, name));
      at = close + 1;
    }
    if (!token) {
      problems.add(0, "the link has no {token}: without it answers belong to nobody");
    }
    problems.throwIfAny();
    return new SurveyLinks(steps);
  }

  /** Returns one recipient's link; a name without a value becomes nothing. */
  public String link(Values values) {
    StringBuilder out = new StringBuilder(128);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      out.append(step.text);
      append(step.name == null ? null : values.get(step.name), out);
    }
    return out.toString();
  }

  /** Appends a value as it stands in a link. */
  static void append(@Nullable String value, StringBuilder out) {
    if (value != null) {
      if (value.length() > Template.MAX_VALUE) {
        throw new OutputTooLongException("a value", Template.MAX_VALUE);
      }
      Percent.append(value, out);
    }
  }

  /** Whether every link made is a whole address without anything to be refused in it. */
  boolean isAddress() {
    StringBuilder literals = new StringBuilder();
    forEachStep(literals::append, name -> {});
    return Sink.isWeb(steps.getFirst().text) && !Sink.isBroken(literals.toString());
  }

  /** Visits the constant pieces and the names between them, in order. */
  void forEachStep(Consumer<String> literal, Consumer<String> name) {
    for (Step step : steps) {
      literal.accept(step.text);
      if (step.name != null) {
        name.accept(step.name);
      }
    }
  }

  @Override
  public String toString() {
    return "SurveyLinks[" + steps.size() + " segments]";
  }

  /** Returns where path, query or fragment begins. */
  private static int hostEnd(String pattern, Problems problems) {
    if (!Sink.isWeb(pattern)) {
      problems.add(0, "the link must begin with https:// or http://");
      return 0;
    }
    int host = pattern.indexOf("//") + 2;
    int end = host;
    while (end < pattern.length() && "/?#".indexOf(pattern.charAt(end)) < 0) {
      end++;
    }
    if (end == host) {
      problems.add(host, "the link names no host");
    }
    if (pattern.substring(host, end).indexOf('@') >= 0) {
      problems.add(host, "the link holds a user before its host: leave it out");
    }
    return end;
  }

  /** RFC 3986 §2: white space, quotes and the like have no place in an address. */
  private static void check(String pattern, int from, int to, Problems problems) {
    for (int i = from; i < to; i++) {
      char c = pattern.charAt(i);
      if (c <= ' ' || c >= 0x7F || "\"<>\\^`|}".indexOf(c) >= 0) {
        problems.add(i, "this character cannot stand in a link: percent-encode it or leave it out");
      }
    }
  }
}
