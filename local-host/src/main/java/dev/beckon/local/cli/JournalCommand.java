package dev.beckon.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.local.installation.Installation;
import dev.beckon.operations.Finder;
import dev.beckon.operations.Means;
import dev.beckon.operations.Words;
import dev.beckon.parcel.ParcelStore.Listed;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./beckon journal}. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells the history of one invitation: what became of it, why, and what happens next.",
      "",
      "Shows no address, no field and no token. ./beckon find gives ids. Of a long history the oldest entries"
          + " are gone: the newest 64 are kept."
    })
final class JournalCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The invitation, such as 7f3a-000000012.")
  String id = "";

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Override
  public Integer call() {
    try (Installation opened = installation.open()) {
      Optional<Finder.History> history = opened.application().operations().finder().history(id);
      if (history.isEmpty()) {
        spec.commandLine().getErr().println("beckon: there is no invitation " + id);
        return 1;
      }
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? Json.text(json(history.get())) : text(history.get(), Instant.now()));
      out.flush();
    }
    return 0;
  }

  private static String text(Finder.History history, Instant now) {
    Invitation row = history.invitation();
    StringBuilder text = new StringBuilder();
    line(text, "invitation", row.id());
    line(text, "account", row.account());
    line(text, "dispatch", row.dispatch());
    line(text, "batch", row.batch() + ", row " + row.row());
    line(text, "channel", row.channel().label());
    line(text, "language", row.language());
    line(text, "state", row.state() + ": " + Words.meaning(row.state()));
    line(text, "next", Words.next(row, now, Means.COMMANDS));
    line(text, "accepted", row.acceptedAt() + ", may go out until " + row.expires());
    line(text, "attempts", Integer.toString(row.attempts()));
    text.append('\n');
    Table entries = new Table("time", "state", "vendor account", "what happened");
    for (JournalEntry entry : row.journal()) {
      entries.add(entry.at().toString(), entry.state().name(), entry.vendor(), Words.entry(entry));
    }
    return text.append(entries.text()).append('\n').append(parcels(history.parcels())).toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-12s%s%n".formatted(name, value));
  }

  private static String parcels(List<Listed> parcels) {
    return parcels.isEmpty() ? "no parcel holds it\n" : ParcelsCommand.table(parcels);
  }

  private static ObjectNode json(Finder.History history) {
    Invitation row = history.invitation();
    ObjectNode root =
        Json.object()
            .put("id", row.id())
            .put("account", row.account())
            .put("dispatch", row.dispatch())
            .put("batch", row.batch())
            .put("row", row.row())
            .put("channel", row.channel().label())
            .put("language", row.language())
            .put("state", row.state().name())
            .put("acceptedAt", row.acceptedAt().toString())
            .put("notBefore", row.notBefore().toString())
            .put("expires", row.expires().toString())
            .put("attempts", row.attempts())
            .put("redriven", row.redriven());
    ArrayNode journal = root.putArray("journal");
    for (JournalEntry entry : row.journal()) {
      journal
          .addObject()
          .put("at", entry.at().toString())
          .put("state", entry.state().name())
          .put("vendorAccount", entry.vendor())
          .put("note", entry.note());
    }
    ArrayNode parcels = root.putArray("parcels");
    history.parcels().forEach(listed -> parcels.add(ParcelsCommand.json(listed)));
    return root;
  }
}
