package dev.beckon.local.cli;

import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Search;
import dev.beckon.operations.Finder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which invitations a command is about; what is given is combined with "and". */
final class FilterOptions {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec(Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--recipient",
      paramLabel = "ADDRESS",
      description =
          "E-mail address or number of the recipient; - reads it from standard input, so that it is in no shell"
              + " history.")
  @Nullable String recipient;

  @Option(
      names = "--country",
      paramLabel = "CC",
      description = "Country of a number without +, such as DE.")
  @Nullable String country;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "The token of a survey link; - reads it from standard input.")
  @Nullable String token;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "Invitations of this account (default: every account).")
  @Nullable String account;

  @Option(
      names = "--reference",
      paramLabel = "TEXT",
      description = "What the sender called the invitation; needs --account.")
  @Nullable String reference;

  @Option(names = "--batch", paramLabel = "ID", description = "Invitations of this batch.")
  @Nullable String batch;

  @Option(names = "--dispatch", paramLabel = "ID", description = "Invitations of this dispatch.")
  @Nullable String dispatch;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Invitations in these states, such as FAILED,DEAD.")
  List<InvitationState> states = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME|AGE",
      description =
          "Invitations that changed since: 2026-11-21T09:30:00Z, 2026-11-21, or 90m, 2h, 3d ago.")
  @Nullable String since;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Invitations whose last journal note contains this.")
  @Nullable String reason;

  /** As the core is asked. */
  Search search(Finder finder) throws IOException {
    if (reference != null && account == null) {
      throw new ParameterException(
          spec.commandLine(), "--reference needs --account: references are an account's own");
    }
    String address = typed(recipient);
    String link = typed(token);
    try {
      Set<String> hashes = address == null ? Set.of() : finder.hashes(address, country);
      return new Search(
          account,
          hashes,
          link,
          reference,
          dispatch,
          batch,
          Set.copyOf(states),
          moment(),
          blankIsNone(reason));
    } catch (IllegalArgumentException e) {
      // The cause stays behind: what a person typed as a recipient is in no trace.
      throw new ParameterException(spec.commandLine(), "--recipient: " + e.getMessage());
    }
  }

  private @Nullable Instant moment() {
    if (since == null) {
      return null;
    }
    try {
      return Times.moment(since, Instant.now(), ZoneId.systemDefault());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--since: " + e.getMessage(), e);
    }
  }

  private static @Nullable String blankIsNone(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static @Nullable String typed(@Nullable String option) throws IOException {
    if (!"-".equals(option)) {
      return option;
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    String line = in.readLine();
    return line == null ? "" : line.strip();
  }
}
