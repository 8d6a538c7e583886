package dev.beckon.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.ApiKeys;
import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.app.Application;
import dev.beckon.intake.RecipientReader;
import dev.beckon.local.installation.Installation;
import dev.beckon.privacy.RecipientHasher;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon keys create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a key of the HTTP API and prints its text, once: only its hash is kept.",
      "This is how the first key is made; a key with the scope configure makes others at POST /v1/keys."
    })
final class KeysCreateCommand implements Callable<Integer> {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "name", "--name",
          "scopes", "--scope",
          "recipients", "--recipient",
          "perMinute", "--per-minute",
          "expires", "--expires");

  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--account",
      required = true,
      paramLabel = "ID",
      description = "The account it acts in.")
  String account = "";

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What people call it, such as crm; events and journals tell it.")
  String name = "";

  @Option(
      names = "--kind",
      defaultValue = "live",
      paramLabel = "KIND",
      description = {
        "Whom its invitations may reach (default: ${DEFAULT-VALUE}):",
        "test: nobody, it acts in the account's test twin, which knows the simulator alone;",
        "team: those named by --recipient; live: everybody."
      })
  String kind = "live";

  @Option(
      names = "--scope",
      required = true,
      split = ",",
      paramLabel = "SCOPE",
      description = {
        "What it may do; several times for several:",
        "dispatch: hand in invitations, files and answers; read: see what became of them;",
        "configure: change the account's document and keys; operate: cancel, approve, pause, send"
            + " again, erase."
      })
  List<String> scopes = new ArrayList<>();

  @Option(
      names = "--recipient",
      paramLabel = "ADDRESS",
      description =
          "Of a team key: an e-mail address, or number with its country code; several times for several."
              + " Only its hash is kept.")
  List<String> recipients = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      converter = Times.LengthConverter.class,
      description = "How long it lasts, as 90d or P90D (default: until it is revoked).")
  @Nullable Duration expires;

  @Option(
      names = "--per-minute",
      paramLabel = "N",
      defaultValue = "" + KeyGrant.USUAL_PER_MINUTE,
      description = "Requests a minute, wherever they arrive (default: ${DEFAULT-VALUE}).")
  int perMinute;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Installation opened = installation.open()) {
      Application application = opened.application();
      KeyGrant grant = grant(application.hasher());
      boolean known = application.stores().accounts().find(account).isPresent();
      ApiKeys.Issued issued = application.keys().issue(account, grant, Operator.name());
      if (json) {
        ObjectNode root = Json.object().put("key", issued.text().reveal());
        out.print(Json.text(root.setAll(KeysListCommand.json(issued.key(), Instant.now()))));
      } else {
        print(issued, known, out);
      }
    }
    out.flush();
    return 0;
  }

  private KeyGrant grant(RecipientHasher hasher) {
    if (!account.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw wrong(
          "--account", "is no name of an account; use lower-case letters, digits and dashes");
    }
    Instant now = Clock.systemUTC().instant();
    KeyKind meant =
        KeyKind.ofLabel(kind)
            .orElseThrow(() -> wrong("--kind", "is no kind of key; use test, team or live"));
    Set<Scope> wanted =
        scopes.stream()
            .map(label ->
                Scope.ofLabel(label.strip())
                    .orElseThrow(() ->
                        wrong("--scope", "is no scope; use dispatch, read, configure, operate")))
            .collect(Collectors.toSet());
    KeyGrant grant =
        new KeyGrant(
            name,
            meant,
            wanted,
            hashes(hasher),
            perMinute,
            expires == null ? null : now.plus(expires));
    grant
        .problems(now)
        .entrySet()
        .forEach(problem -> {
          throw wrong(OPTIONS.getOrDefault(problem.getKey(), problem.getKey()), problem.getValue());
        });
    return grant;
  }

  private Set<String> hashes(RecipientHasher hasher) {
    Set<String> hashes = new HashSet<>();
    RecipientReader reader = new RecipientReader();
    for (String written : recipients) {
      try {
        reader.read(written, null).forEach(recipient -> hashes.addAll(hasher.all(recipient)));
      } catch (IllegalArgumentException e) {
        throw wrong("--recipient", String.valueOf(e.getMessage()));
      }
    }
    return hashes;
  }

  private ParameterException wrong(String option, String what) {
    return new ParameterException(spec.commandLine(), option + ": " + what);
  }

  private void print(ApiKeys.Issued issued, boolean known, PrintWriter out) {
    KeyGrant grant = issued.key().grant();
    out.println(
        issued.key().told()
            + " of account "
            + account
            + ", kind "
            + grant.kind().label()
            + ", for "
            + KeysListCommand.scopes(grant)
            + (grant.expires() == null ? "" : ", until " + Table.second(grant.expires())));
    out.println();
    out.println("  " + issued.text().reveal());
    out.println();
    out.println("It is shown this once: put it where you keep secrets. Requests carry it so:");
    out.println("  curl -H \"Authorization: Bearer $BECKON_KEY\" …/v1/…");
    if (!known) {
      out.println(
          "There is no account "
              + account
              + " yet: configure it, or check the name (./beckon keys revoke "
              + issued.key().id()
              + ").");
    }
  }
}
