package dev.beckon.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.local.installation.Installation;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore.Listed;
import dev.beckon.parcel.ParcelStore.Listing;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon parcels}. */
@Command(
    name = "parcels",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists parcels, the units of work: up to 2,000 invitations of one batch.",
      "",
      "Those that still have work, unless --batch is given: then all of that batch. \"hinted\" is when a worker was"
          + " last told of it; \"tries\" counts workers that did not survive a suspect parcel."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon parcels                what is being worked on, or waits",
      "  ./beckon parcels --suspect      rows suspected of killing their worker"
    })
final class ParcelsCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Option(names = "--open", description = "Those that still have work, also with --batch.")
  boolean open;

  @Option(names = "--suspect", description = "Suspects that still have work.")
  boolean suspect;

  @Option(names = "--batch", paramLabel = "ID", description = "Those of this batch.")
  @Nullable String batch;

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
      description = "Go on behind this parcel.")
  String after = "";

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Override
  public Integer call() {
    if (limit < 1 || limit > 10_000) {
      throw new ParameterException(spec.commandLine(), "--limit must be from 1 to 10,000");
    }
    boolean all = batch != null && !open && !suspect;
    Set<Parcel.State> states =
        all
            ? EnumSet.allOf(Parcel.State.class)
            : EnumSet.of(Parcel.State.FILLING, Parcel.State.READY);
    try (Installation opened = installation.open()) {
      List<Listed> page =
          opened
              .application()
              .operations()
              .finder()
              .parcels(new Listing(batch, states, suspect), after, limit);
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? Json.text(json(page)) : text(page));
      out.flush();
    }
    return 0;
  }

  private String text(List<Listed> page) {
    if (page.isEmpty()) {
      return "no parcel fits\n";
    }
    String more =
        page.size() < limit
            ? ""
            : "there may be more: the same with --after " + page.getLast().parcel().id() + "\n";
    return table(page) + more;
  }

  static String table(List<Listed> parcels) {
    Table table = new Table("parcel", "what it is", "rows", "state", "due", "hinted", "tries");
    for (Listed listed : parcels) {
      Parcel parcel = listed.parcel();
      Instant hinted = listed.nudgedAt();
      table.add(
          parcel.id(),
          kind(parcel),
          Table.number(parcel.rows().size()),
          parcel.state().name(),
          parcel.state() == Parcel.State.READY ? Table.second(parcel.due()) : "",
          hinted == null ? "never" : Table.second(hinted),
          Integer.toString(listed.tries()));
    }
    return table.text();
  }

  private static String kind(Parcel parcel) {
    Parcel.Redrive redrive = parcel.redrive();
    String kind = redrive == null ? "intake" : "redrive " + redrive.number();
    return parcel.suspect() ? kind + ", suspect" : kind;
  }

  private static ObjectNode json(List<Listed> page) {
    ObjectNode root = Json.object();
    ArrayNode parcels = root.putArray("parcels");
    page.forEach(listed -> parcels.add(json(listed)));
    return root;
  }

  static ObjectNode json(Listed listed) {
    Parcel parcel = listed.parcel();
    Parcel.Redrive redrive = parcel.redrive();
    Instant hinted = listed.nudgedAt();
    ObjectNode node =
        Json.object()
            .put("id", parcel.id())
            .put("account", parcel.account())
            .put("dispatch", parcel.dispatch())
            .put("batch", parcel.batch())
            .put("rows", parcel.rows().size())
            .put("rowNumbers", parcel.rows().toString())
            .put("state", parcel.state().name())
            .put("due", parcel.due().toString())
            .put("suspect", parcel.suspect())
            .put("tries", listed.tries());
    if (hinted != null) {
      node.put("hinted", hinted.toString());
    }
    if (redrive != null) {
      node.put("redrive", redrive.number());
    }
    return node;
  }
}
