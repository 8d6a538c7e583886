package dev.beckon.access;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a key is for. Immutable.
 *
 * @param name what people call it, such as {@code crm}
 * @param recipients hashes of those a TEAM key may reach; empty for the other kinds
 * @param perMinute requests a minute, all processes together
 * @param expires when it ends by itself; null when it does not
 */
public record KeyGrant(
    String name,
    KeyKind kind,
    Set<Scope> scopes,
    Set<String> recipients,
    int perMinute,
    @Nullable Instant expires) {
  public static final int USUAL_PER_MINUTE = 600;
  public static final int MOST_PER_MINUTE = 1_000_000;

  /** Hashes; while hash keys rotate a recipient has several. */
  public static final int MOST_RECIPIENTS = 500;

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,59}");

  public KeyGrant {
    scopes = Set.copyOf(scopes);
    recipients = Set.copyOf(recipients);
  }

  /** What no key may be made with, by the field's name; empty when there is nothing. */
  public Map<String, String> problems(Instant now) {
    Map<String, String> problems = new LinkedHashMap<>();
    if (!NAME.matcher(name).matches()) {
      problems.put(
          "name", "is no name of a key; use 1 to 60 letters, digits, blanks, dots and dashes");
    }
    if (scopes.isEmpty()) {
      problems.put("scopes", "are none; name at least one of dispatch, read, configure, operate");
    }
    if (kind == KeyKind.TEAM && recipients.isEmpty()) {
      problems.put("recipients", "are none; list those that the team key may reach");
    }
    if (kind != KeyKind.TEAM && !recipients.isEmpty()) {
      problems.put("recipients", "are for team keys alone; leave them out");
    }
    if (recipients.size() > MOST_RECIPIENTS) {
      problems.put("recipients", "are too many; list fewer, or use a live key");
    }
    if (perMinute < 1 || perMinute > MOST_PER_MINUTE) {
      problems.put("perMinute", "is out of bounds; write a number from 1 to 1000000");
    }
    if (expires != null && !expires.isAfter(now)) {
      problems.put("expires", "is over already; write a later time");
    }
    return problems;
  }
}
