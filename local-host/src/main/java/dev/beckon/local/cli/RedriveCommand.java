package dev.beckon.local.cli;

import dev.beckon.invitation.Search;
import dev.beckon.local.installation.Installation;
import dev.beckon.operations.Operations;
import dev.beckon.operations.Redrive;
import dev.beckon.operations.RedriveOrder;
import dev.beckon.operations.RedrivePlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon redrive}. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends invitations again that ended unsent: FAILED, DEAD and EXPIRED ones that fit the filter.",
      "",
      "Without --go it only says what it would do. Suppressed recipients are left alone. A run that is cut off"
          + " leaves a smaller redrive; run it again for the rest.",
      "",
      "Mend the cause first: a row refused for its address is refused again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon redrive --batch ID                          what would go out again",
      "  ./beckon redrive --batch ID --reason \"535\" --go      what a refused log-in cost",
      "  ./beckon redrive --state EXPIRED --expires 2d --go   expired ones, for two more days"
    })
final class RedriveCommand implements Callable<Integer> {
  private static final int LISTED = 20;

  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin FilterOptions filter = new FilterOptions();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "How long from now they may go out, such as 2d or PT36H; it never shortens.")
  @Nullable String expires;

  @Option(names = "--go", description = "Do it.")
  boolean go;

  @Option(names = "--yes", description = "With --state IN_DOUBT: yes, somebody may be asked twice.")
  boolean yes;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Override
  public Integer call() throws IOException {
    Duration longer = length();
    try (Installation opened = installation.open()) {
      Operations operations = opened.application().operations();
      RedriveOrder order = order(filter.search(operations.finder()), longer);
      Redrive redrive = operations.redrive();
      RedrivePlan plan = redrive.plan(order);
      say(text(plan, longer) + "\n");
      if (order.mayAskTwice()) {
        say(
            "WARNING: a vendor may have sent what is IN_DOUBT. Whoever got it is asked twice by this."
                + (yes ? "" : " If that is meant, add --yes."));
      }
      if (plan.rows() == 0) {
        return 0;
      }
      if (!go) {
        say("Nothing was changed. The same with --go does it.");
        return 0;
      }
      if (order.mayAskTwice() && !yes) {
        throw wrong("--state IN_DOUBT needs --yes: somebody may be asked twice");
      }
      RedrivePlan filed = redrive.file(order, plan, System.getProperty("user.name", "unknown"));
      say(
          "Filed: %s invitations in %s as redrive %d. ./beckon parcels --open shows what is left of it."
              .formatted(
                  Table.number(filed.rows()),
                  filed.parcels() == 1 ? "1 parcel" : Table.number(filed.parcels()) + " parcels",
                  filed.number()));
    }
    return 0;
  }

  private RedriveOrder order(Search search, @Nullable Duration longer) {
    try {
      return new RedriveOrder(search, longer);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Duration length() {
    if (expires == null) {
      return null;
    }
    try {
      return Times.length(expires);
    } catch (IllegalArgumentException e) {
      throw wrong("--expires: " + e.getMessage());
    }
  }

  private static String text(RedrivePlan plan, @Nullable Duration longer) {
    StringBuilder text = new StringBuilder();
    if (plan.rows() == 0) {
      text.append("no invitation to send again fits\n");
    } else {
      text.append(Table.number(plan.rows())).append(" invitations would go out again\n\n");
      section(
          text,
          "state",
          plan.states().entrySet().stream()
              .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue)));
      section(text, "dispatch", plan.dispatches());
      section(text, "batch", plan.batches());
      section(text, "reason", plan.reasons());
    }
    if (plan.pastExpiry() > 0) {
      text.append(Table.number(plan.pastExpiry()))
          .append(" more are past their expiry and would only expire again: they are left out;")
          .append(" --expires 2d, say, takes them along\n");
    }
    if (longer != null && plan.rows() > 0) {
      text.append("They may go out within ").append(longer).append(" from now.\n");
    }
    return text.toString().stripTrailing();
  }

  private static void section(StringBuilder text, String name, Map<String, Long> counts) {
    Table table = new Table("rows", name);
    counts.entrySet().stream()
        .limit(LISTED)
        .forEach(count -> table.add(Table.number(count.getValue()), count.getKey()));
    text.append(table.text());
    if (counts.size() > LISTED) {
      text.append("and ").append(Table.number(counts.size() - LISTED)).append(" more\n");
    }
    text.append('\n');
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
