package dev.beckon.api;

import dev.beckon.access.Caller;
import dev.beckon.access.Scope;
import dev.beckon.batch.BatchCancel;
import dev.beckon.batch.BatchFigures;
import dev.beckon.batch.BatchOutcome;
import dev.beckon.batch.BatchParts;
import dev.beckon.batch.BatchRequest;
import dev.beckon.batch.BatchStore.Place;
import dev.beckon.batch.Batches;
import dev.beckon.batch.RefusedRow;
import dev.beckon.filedrop.FileDropParts;
import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ImportFigures;
import dev.beckon.filedrop.ImportStore;
import dev.beckon.parcel.BatchStop;
import dev.beckon.web.Problem;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Handing in invitations and watching what becomes of those handed in together. Thread-safe. */
final class BatchesApi {
  private static final String PATH = "/v1/batches";

  /** What 10,000 rows of the usual size take, several times over. */
  private static final int LARGEST = 4 * 1024 * 1024;

  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");
  private static final Pattern PLACE = Pattern.compile("(-?[0-9]{1,15})/([A-Za-z0-9-]{1,100})");

  private final Batches batches;
  private final BatchFigures figures;
  private final BatchCancel cancel;
  private final ImportStore imports;
  private final ImportFigures importFigures;
  private final Clock clock;

  BatchesApi(BatchParts parts, FileDropParts files) {
    this.batches = parts.batches();
    this.figures = parts.figures();
    this.cancel = parts.cancel();
    this.imports = files.imports();
    this.importFigures = files.importFigures();
    this.clock = parts.clock();
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(
            Scope.DISPATCH,
            "createInvitations",
            "POST",
            "/v1/dispatches/{dispatch}/invitations",
            this::create),
        Endpoint.of(Scope.READ, "listBatches", "GET", PATH, this::list),
        Endpoint.of(Scope.READ, "getBatch", "GET", PATH + "/{batch}", this::get),
        // Not for live keys alone: it reaches nobody, and a test key's twin has batches too.
        Endpoint.of(Scope.OPERATE, "cancelBatch", "POST", PATH + "/{batch}/cancel", this::cancel));
  }

  private WebReply create(Call call) throws ProblemException, UnreadableRequestException {
    call.knownQuery();
    Optional<String> key = call.request().header("idempotency-key");
    if (key.isPresent() && !KEY.matcher(key.get()).matches()) {
      throw Problems.invalid(
          "Idempotency-Key",
          "is not one key of 1 to 255 visible ASCII characters",
          "use a random UUID, the same for every try of the request");
    }
    String text = call.jsonText(LARGEST);
    BatchBody body = BatchBody.read(Call.parsed(text), clock.instant());
    Caller caller = call.caller();
    BatchOutcome outcome =
        batches.accept(
            new BatchRequest(
                caller,
                call.path("dispatch"),
                key,
                text,
                body.sendAt(),
                body.delay(),
                body.rows(),
                body.unreadable()));
    return switch (outcome) {
      case BatchOutcome.Accepted accepted ->
          Json.reply(
                  202,
                  BatchJson.receipt(
                      accepted.batch(),
                      accepted.receipt(),
                      body.references(),
                      caller.may(Scope.READ)))
              .with(Map.of("Location", PATH + "/" + accepted.batch().id()))
              .with(accepted.replayed() ? Map.of("Idempotency-Replayed", "true") : Map.of());
      case BatchOutcome.AllRefused(List<RefusedRow> rows) -> throw allRefused(rows);
      case BatchOutcome.NoDispatch none -> throw Problems.missing("dispatch");
      case BatchOutcome.KeyReused reused ->
          throw new ProblemException(
              new Problem(
                  422,
                  "idempotency-key-reused",
                  "The Idempotency-Key belongs to another request",
                  "this key came with another body before; use a new key for a new request, and"
                      + " the very same body for a repeated one"));
      case BatchOutcome.InProgress(long seconds) ->
          Problems.conflict(
                  "in-progress",
                  "a request with this Idempotency-Key is at work; send it again when the time in"
                      + " Retry-After has passed, and you get its receipt")
              .problem()
              .reply()
              .with(Map.of("Retry-After", Long.toString(seconds)));
    };
  }

  private static ProblemException allRefused(List<RefusedRow> rows) {
    return new ProblemException(
        new Problem(
            422,
            "all-refused",
            "No invitation can be taken",
            "nothing is stored; see errors for each row's reason, correct it and send the request"
                + " again, with the same key if you like",
            rows.stream().map(BatchJson::fault).toList()));
  }

  private WebReply list(Call call) throws ProblemException {
    call.knownQuery("dispatch", "after", "limit");
    Page.Asked asked = Page.Asked.of(call);
    List<BatchFigures.Line> lines =
        figures.page(
            call.caller().account(),
            call.query("dispatch").orElse(null),
            place(asked.after()),
            asked.limit() + 1);
    return Json.page(
        asked.page(
            lines, line -> line.batch().acceptedAt().toEpochMilli() + "/" + line.batch().id()),
        BatchJson::line);
  }

  private static @Nullable Place place(String after) throws ProblemException {
    if (after.isEmpty()) {
      return null;
    }
    var parts = PLACE.matcher(after);
    if (!parts.matches()) {
      throw Problems.invalid(
          "after", "is no cursor", "use the value of next in the page before, as it is");
    }
    return new Place(Instant.ofEpochMilli(Long.parseLong(parts.group(1))), parts.group(2));
  }

  private WebReply get(Call call) throws ProblemException {
    call.knownQuery();
    String account = call.caller().account();
    String id = call.path("batch");
    Optional<BatchFigures.Standing> batch = figures.find(account, id);
    if (batch.isPresent()) {
      return Json.ok(BatchJson.standing(batch.get()));
    }
    if (ofImport(account, id).isPresent()) {
      return Json.ok(BatchJson.standing(importFigures.of(id)));
    }
    throw Problems.missing("batch");
  }

  private Optional<Import> ofImport(String account, String id) {
    return imports.find(id).filter(dropped -> dropped.account().equals(account));
  }

  private WebReply cancel(Call call) throws ProblemException {
    call.knownQuery();
    Caller caller = call.caller();
    String id = call.path("batch");
    Optional<BatchStop.Result> result = cancel.cancel(caller.account(), id, caller.name());
    if (result.isPresent()) {
      BatchStop.Result found = result.get();
      return Json.ok(
          Json.object()
              .put("batch", id)
              .put("cancelled", found.cancelled())
              .put("sent", found.sent())
              .put("underWay", found.underWay())
              .put("inDoubt", found.inDoubt()));
    }
    if (ofImport(caller.account(), id).isPresent()) {
      throw Problems.conflict(
          "batch-of-import",
          "the batch is an import's, which has a file to be put away as well; cancel it with"
              + " POST /v1/imports/{import}/cancel");
    }
    throw Problems.missing("batch");
  }
}
