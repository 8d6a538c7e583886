package dev.beckon.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.invitation.InvitationSearch.Found;
import dev.beckon.invitation.Search;
import dev.beckon.local.installation.Installation;
import dev.beckon.operations.Finder;
import dev.beckon.operations.Words;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon find}. */
@Command(
    name = "find",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds invitations; shows no address, no field and no token.",
      "",
      "What is given is combined with \"and\". The list is in the order of the ids: batch, then row."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon find --state FAILED,DEAD --since 1d     what went wrong since yesterday",
      "  ./beckon find --recipient -                      everything one recipient was asked",
      "  ./beckon find --batch ID --reason \"550\"          rows a mail server refused"
    })
final class FindCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin FilterOptions filter = new FilterOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many to list, up to 10,000 (default: ${DEFAULT-VALUE}).")
  int limit;

  @Option(
      names = "--after",
      paramLabel = "ID",
      defaultValue = "",
      description = "Go on behind this invitation.")
  String after = "";

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Override
  public Integer call() throws Exception {
    if (limit < 1 || limit > 10_000) {
      throw new ParameterException(spec.commandLine(), "--limit must be from 1 to 10,000");
    }
    try (Installation opened = installation.open()) {
      Finder finder = opened.application().operations().finder();
      Search search = filter.search(finder);
      Finder.Result result = finder.find(search, after, limit);
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? Json.text(json(result)) : text(result));
      out.flush();
    }
    return 0;
  }

  private static String text(Finder.Result result) {
    if (result.counts().isEmpty()) {
      return "no invitation fits\n";
    }
    Table table =
        new Table(
            "id", "dispatch", "row", "channel", "state", "attempts", "last change", "last note");
    for (Found row : result.rows()) {
      table.add(
          row.id(),
          row.dispatch(),
          Integer.toString(row.row()),
          row.channel().label(),
          row.state().name(),
          Integer.toString(row.attempts()),
          Table.second(row.last().at()),
          Words.entry(row.last()));
    }
    String counts =
        result.counts().entrySet().stream()
            .map(count -> count.getKey() + " " + Table.number(count.getValue()))
            .collect(Collectors.joining(", "));
    String more =
        result.more() == 0
            ? ""
            : Table.number(result.more())
                + " more: the same with --after "
                + result.rows().getLast().id()
                + "\n";
    return (result.rows().isEmpty() ? "" : table.cut() + "\n")
        + more
        + "all that fit: "
        + counts
        + "\n";
  }

  private static ObjectNode json(Finder.Result result) {
    ObjectNode root = Json.object();
    ArrayNode rows = root.putArray("invitations");
    for (Found row : result.rows()) {
      ObjectNode found = rows.addObject();
      found
          .put("id", row.id())
          .put("account", row.account())
          .put("dispatch", row.dispatch())
          .put("batch", row.batch())
          .put("row", row.row())
          .put("channel", row.channel().label())
          .put("state", row.state().name())
          .put("attempts", row.attempts())
          .put("expires", row.expires().toString())
          .put("lastChange", row.last().at().toString())
          .put("vendorAccount", row.last().vendor())
          .put("lastNote", row.last().note());
      if (row.reference() != null) {
        found.put("reference", row.reference());
      }
    }
    ObjectNode counts = root.putObject("counts");
    result.counts().forEach((state, count) -> counts.put(state.name(), count));
    root.put("more", result.more());
    return root;
  }
}
