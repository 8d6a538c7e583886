package dev.beckon.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.ApiKey;
import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.local.installation.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./beckon keys list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the keys of an account, by their ids; never their texts.")
final class KeysListCommand implements Callable<Integer> {
  private static final int MOST = 1_000;

  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Option(names = "--account", required = true, paramLabel = "ID", description = "The account.")
  String account = "";

  @Option(
      names = "--after",
      paramLabel = "KEY",
      defaultValue = "",
      description = "Go on behind this key; " + MOST + " are listed at once.")
  String after = "";

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<ApiKey> keys;
    try (Installation open = installation.open()) {
      keys = open.application().keys().list(account, EnumSet.allOf(KeyKind.class), after, MOST);
    }
    Instant now = Instant.now();
    if (json) {
      ObjectNode root = Json.object();
      ArrayNode list = root.putArray("keys");
      keys.forEach(key -> list.add(json(key, now)));
      out.print(Json.text(root));
    } else if (keys.isEmpty()) {
      out.println("no keys");
    } else {
      Table table = new Table("id", "name", "kind", "state", "last used", "ends", "scopes");
      for (ApiKey key : keys) {
        KeyGrant grant = key.grant();
        table.add(
            key.id(),
            grant.name(),
            grant.kind().label(),
            state(key, now),
            time(key.lastUsedAt(), "never"),
            time(grant.expires(), "-"),
            scopes(grant));
      }
      out.print(table.text());
    }
    out.flush();
    return 0;
  }

  private static String state(ApiKey key, Instant now) {
    return key.state(now).name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String time(@Nullable Instant moment, String none) {
    return moment == null ? none : Table.second(moment);
  }

  static String scopes(KeyGrant grant) {
    return grant.scopes().stream().map(Scope::label).sorted().collect(Collectors.joining(", "));
  }

  /** A key as programs read it. */
  static ObjectNode json(ApiKey key, Instant now) {
    KeyGrant grant = key.grant();
    ObjectNode form =
        Json.object()
            .put("id", key.id())
            .put("account", key.account())
            .put("name", grant.name())
            .put("kind", grant.kind().label())
            .put("state", key.state(now).name())
            .put("perMinute", grant.perMinute())
            .put("createdAt", key.createdAt().toString())
            .put("createdBy", key.createdBy());
    grant.scopes().stream().map(Scope::label).sorted().forEach(form.putArray("scopes")::add);
    put(form, "expires", grant.expires());
    put(form, "revokedAt", key.revokedAt());
    put(form, "lastUsedAt", key.lastUsedAt());
    return form;
  }

  private static void put(ObjectNode form, String name, @Nullable Instant at) {
    if (at != null) {
      form.put(name, at.toString());
    }
  }
}
