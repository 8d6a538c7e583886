package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Scope;
import dev.beckon.filedrop.FileDropParts;
import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ImportApproval;
import dev.beckon.filedrop.ImportCancel;
import dev.beckon.filedrop.ImportFigures;
import dev.beckon.filedrop.ImportForce;
import dev.beckon.filedrop.ImportOperationException;
import dev.beckon.filedrop.ImportStore;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.parcel.BatchStop;
import dev.beckon.parcel.Deadline;
import dev.beckon.web.ProblemException;
import dev.beckon.web.WebReply;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of files, and what is done about it. Thread-safe. */
final class ImportsApi {
  private static final String ONE = "/v1/imports/{import}";

  /** A function behind HTTP lives 29 s, and counting and answering come afterwards. */
  private static final Duration CANCELLING = Duration.ofSeconds(15);

  private final ImportFigures figures;
  private final ImportCancel cancel;
  private final ImportApproval approval;
  private final ImportForce force;
  private final StoredFiles files;
  private final Clock clock;

  ImportsApi(FileDropParts parts, Optional<ObjectTickets> tickets) {
    this.figures = parts.importFigures();
    this.cancel = parts.importCancel();
    this.approval = parts.importApproval();
    this.force = parts.importForce();
    this.files = new StoredFiles(parts.objects(), tickets);
    this.clock = parts.clock();
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(Scope.READ, "listImports", "GET", "/v1/imports", this::list),
        Endpoint.of(Scope.READ, "getImport", "GET", ONE, this::get),
        Endpoint.of(Scope.OPERATE, "cancelImport", "POST", ONE + "/cancel", this::cancel).live(),
        Endpoint.of(Scope.OPERATE, "approveImport", "POST", ONE + "/approve", this::approve).live(),
        Endpoint.of(Scope.OPERATE, "forceImport", "POST", ONE + "/force", this::force).live(),
        Endpoint.of(
            Scope.OPERATE, "getRefusedRows", "GET", ONE + "/refused-rows", this::refusedRows),
        Endpoint.of(Scope.OPERATE, "getImportReport", "GET", ONE + "/report", this::report));
  }

  private WebReply list(Call call) throws ProblemException {
    call.knownQuery("feed", "state", "upload", "after", "limit");
    Page.Asked asked = Page.Asked.of(call);
    List<ImportFigures.Line> lines =
        figures.page(
            new ImportStore.Wanted(
                call.caller().account(),
                call.query("feed").orElse(null),
                state(call),
                call.query("upload").orElse(null)),
            place(asked.after()),
            asked.limit() + 1);
    return Json.page(
        asked.page(lines, line -> line.dropped().createdAt() + " " + line.dropped().id()),
        line -> ImportJson.of(line.dropped(), line.held()));
  }

  private static Import.@Nullable State state(Call call) throws ProblemException {
    String wanted = call.query("state").orElse(null);
    if (wanted == null) {
      return null;
    }
    for (Import.State state : Import.State.values()) {
      if (state.name().equals(wanted)) {
        return state;
      }
    }
    throw Problems.invalid(
        "state",
        "is no state of an import",
        "use one of "
            + Arrays.stream(Import.State.values())
                .map(Enum::name)
                .collect(Collectors.joining(", ")));
  }

  private static ImportStore.@Nullable Place place(String after) throws ProblemException {
    if (after.isEmpty()) {
      return null;
    }
    String[] parts = after.split(" ", 2);
    try {
      if (parts.length == 2) {
        return new ImportStore.Place(Instant.parse(parts[0]), parts[1]);
      }
    } catch (DateTimeException e) {
      // told below, like whatever else is no place
    }
    throw Page.Asked.noCursor();
  }

  private WebReply get(Call call) throws ProblemException {
    return Json.ok(ImportJson.of(figures.of(found(call).id())));
  }

  private WebReply cancel(Call call) throws ProblemException {
    Import found = found(call);
    BatchStop.Bounded done =
        possible(
            () -> cancel.cancel(found.id(), call.caller().name(), Deadline.in(CANCELLING, clock)));
    ObjectNode reply = Json.object();
    reply
        .put("import", found.id())
        .put("complete", done.left() == 0)
        .put("sent", done.soFar().sent())
        .put("cancelled", done.soFar().cancelled())
        .put("underWay", done.soFar().underWay())
        .put("inDoubt", done.soFar().inDoubt())
        .put("left", done.left());
    return Json.reply(202, reply);
  }

  private WebReply approve(Call call) throws ProblemException {
    Import found = found(call);
    int woken = possible(() -> approval.approve(found.id(), call.caller().name()));
    return Json.reply(202, Json.object().put("import", found.id()).put("parcels", woken));
  }

  private WebReply force(Call call) throws ProblemException {
    Import found = found(call);
    String forced = possible(() -> force.force(found.id(), call.caller().name()));
    return Json.reply(202, Json.object().put("import", forced));
  }

  private WebReply refusedRows(Call call) throws ProblemException {
    Import found = found(call);
    return files.reply(
        found.refusedRowsKey(),
        "text/csv; charset=utf-8",
        "refused-rows-" + found.id() + ".csv",
        "file of refused rows");
  }

  private WebReply report(Call call) throws ProblemException {
    Import found = found(call);
    return files.reply(
        found.reportKey(), "text/html; charset=utf-8", "report-" + found.id() + ".html", "report");
  }

  /** Of the caller's account; another account's is not told from one that never was. */
  private Import found(Call call) throws ProblemException {
    return figures
        .find(call.caller().account(), call.path("import"))
        .orElseThrow(() -> Problems.missing("import"));
  }

  private static <T> T possible(Supplier<T> operation) throws ProblemException {
    try {
      return operation.get();
    } catch (ImportOperationException e) {
      throw Problems.conflict("import-state", String.valueOf(e.getMessage()));
    }
  }
}
