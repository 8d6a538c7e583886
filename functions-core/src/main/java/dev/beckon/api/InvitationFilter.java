package dev.beckon.api;

import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Search;
import dev.beckon.json.JsonReader;
import dev.beckon.operations.Finder;
import dev.beckon.web.Problem.Fault;
import dev.beckon.web.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads which of an account's invitations a request is about. It must name something that few
 * invitations have in common: a look through a whole account would not end in time.
 */
final class InvitationFilter {
  /** Longer than any name, address or token. */
  private static final int LONGEST = 400;

  private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");

  /** What a body may name. */
  private static final String[] KEYS = {
    "recipient", "country", "token", "reference", "batch", "dispatch", "states", "since", "reason"
  };

  private static final String STATES =
      "is no state; use "
          + String.join(", ", Arrays.stream(InvitationState.values()).map(Enum::name).toList());

  private final Finder finder;

  InvitationFilter(Finder finder) {
    this.finder = finder;
  }

  /** Of the parameters batch, dispatch, reference, state and since. */
  Search ofQuery(Call call) throws ProblemException {
    List<Fault> faults = new ArrayList<>();
    BiConsumer<String, String> problem = (path, told) -> faults.add(Fault.of(path + ": " + told));
    String batch = sound("batch", call.query("batch").orElse(null), problem);
    String dispatch = sound("dispatch", call.query("dispatch").orElse(null), problem);
    String reference = sound("reference", call.query("reference").orElse(null), problem);
    Set<InvitationState> states =
        states("state", call.request().query().getOrDefault("state", List.of()), problem);
    Instant since = Moments.of("since", call.query("since").orElse(null), problem);
    if (faults.isEmpty() && batch == null && dispatch == null && reference == null) {
      problem.accept(
          "query",
          "names neither batch nor dispatch nor reference; give at least one of them, or look for a"
              + " recipient by POST /v1/invitations/search");
    }
    if (!faults.isEmpty()) {
      throw Problems.invalid(faults);
    }
    return new Search(
        call.caller().account(), Set.of(), null, reference, dispatch, batch, states, since, null);
  }

  /** The keys of a body: those of a filter and more. */
  static String[] keysAnd(String... more) {
    return Stream.concat(Arrays.stream(KEYS), Arrays.stream(more)).toArray(String[]::new);
  }

  /**
   * Of a body.
   *
   * @return what must not be used when the body has problems
   */
  Search ofBody(JsonReader body, String account) {
    Set<String> hashes = recipient(body);
    String token = sound("token", body.optional("token"), body::problem);
    String reference = sound("reference", body.optional("reference"), body::problem);
    String batch = sound("batch", body.optional("batch"), body::problem);
    String dispatch = sound("dispatch", body.optional("dispatch"), body::problem);
    Set<InvitationState> states = states("states", body.list("states"), body::problem);
    Instant since = Moments.of("since", body.optional("since"), body::problem);
    String reason = sound("reason", body.optional("reason"), body::problem);
    if (Stream.of("recipient", "token", "reference", "batch", "dispatch").noneMatch(body::has)) {
      body.problem(
          "", "names nothing to look for; give a recipient, token, reference, batch or dispatch");
    }
    return new Search(account, hashes, token, reference, dispatch, batch, states, since, reason);
  }

  private Set<String> recipient(JsonReader body) {
    String country = country(body);
    String written = sound("recipient", body.optional("recipient"), body::problem);
    if (written == null) {
      if (country != null) {
        body.problem("country", "belongs to a recipient; give that too, or leave both out");
      }
      return Set.of();
    }
    try {
      return finder.hashes(written, country);
    } catch (IllegalArgumentException e) {
      body.problem("recipient", told(e));
      return Set.of();
    }
  }

  /** The country of a body; null when it names none. */
  static @Nullable String country(JsonReader body) {
    String country = body.optional("country");
    if (country != null && !COUNTRY.matcher(country).matches()) {
      body.problem("country", "is no country code of two letters; write it as DE");
      return null;
    }
    return country;
  }

  /** What is wrong with an address, without its code: {@code reason; remedy}. */
  static String told(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(message.indexOf(": ") + 2);
  }

  /** A text that is neither blank nor longer than any; null when there is none. */
  static @Nullable String sound(
      String name, @Nullable String value, BiConsumer<String, String> problem) {
    if (value == null) {
      return null;
    }
    if (value.isBlank() || value.length() > LONGEST) {
      problem.accept(
          name,
          value.isBlank()
              ? "is empty; give it a value or leave it out"
              : "is longer than " + LONGEST + " characters; look at how it is written");
      return null;
    }
    return value;
  }

  private static Set<InvitationState> states(
      String name, List<String> written, BiConsumer<String, String> problem) {
    Set<InvitationState> states = EnumSet.noneOf(InvitationState.class);
    for (int i = 0; i < written.size(); i++) {
      Optional<InvitationState> state = state(written.get(i));
      if (state.isPresent()) {
        states.add(state.get());
      } else {
        problem.accept(name + "[" + i + "]", STATES);
        return states; // the list of states need not be told a thousand times
      }
    }
    return states;
  }

  private static Optional<InvitationState> state(String written) {
    String name = written.toUpperCase(Locale.ROOT);
    return Arrays.stream(InvitationState.values())
        .filter(state -> state.name().equals(name))
        .findFirst();
  }
}
