package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Scope;
import dev.beckon.account.AccountReader;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Dispatch;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.dispatch.DispatchPreview;
import dev.beckon.dispatch.DispatchPreview.Message;
import dev.beckon.intake.Intake;
import dev.beckon.intake.Refusal;
import dev.beckon.intake.Row;
import dev.beckon.json.JsonReader;
import dev.beckon.operations.Configuration;
import dev.beckon.web.Problem.Fault;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows the messages of a dispatch, of the stored one or of one that is to be tried, for a sample
 * row. Stores nothing. Thread-safe.
 */
final class PreviewApi {
  private static final int MOST_BYTES = 2 << 20;
  private static final String CANDIDATE = "dispatchDocument";

  private final AccountSource accounts;
  private final Configuration configuration;
  private final Intake intake;
  private final DispatchPreview previews;
  private final AccountReader reader = new AccountReader();

  PreviewApi(
      AccountSource accounts,
      Configuration configuration,
      Intake intake,
      DispatchPreview previews) {
    this.accounts = accounts;
    this.configuration = configuration;
    this.intake = intake;
    this.previews = previews;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(
            Scope.READ,
            Scope.CONFIGURE,
            "previewDispatch",
            "POST",
            "/v1/dispatches/{dispatch}/preview",
            this::preview));
  }

  private record Asked(Row row, @Nullable JsonNode candidate) {}

  private WebReply preview(Call call) throws ProblemException, UnreadableRequestException {
    call.knownQuery();
    Asked asked = call.json(MOST_BYTES, PreviewApi::asked);
    JsonNode candidate = asked.candidate();
    Dispatch dispatch =
        candidate == null
            ? stored(call)
            : tried(call.caller().home(), call.path("dispatch"), candidate);
    List<Fault> faults = new ArrayList<>();
    refusal(asked.row(), dispatch).map(SampleRow::fault).ifPresent(faults::add);
    DispatchPreview.Shown shown;
    try {
      shown = previews.of(dispatch, kept(asked.row()));
    } catch (InvalidAccountException e) {
      throw invalid(e.problems(), dispatch.id(), "dispatches." + dispatch.id());
    }
    shown.problems().forEach(problem -> faults.add(Fault.of(problem)));
    ObjectNode body = Json.object();
    body.set("messages", Json.array(shown.messages(), PreviewApi::json));
    body.set("errors", Json.array(faults, PreviewApi::json));
    return Json.ok(body);
  }

  /** Blank values are none, as at intake. */
  private static Map<String, String> kept(Row row) {
    Map<String, String> kept = new HashMap<>(row.fields());
    kept.values().removeIf(String::isBlank);
    return kept;
  }

  private static Asked asked(JsonReader body) {
    body.known("recipients", "fields", "language", "zone", "country", CANDIDATE);
    return new Asked(SampleRow.read(body), body.has(CANDIDATE) ? body.node(CANDIDATE) : null);
  }

  private Dispatch stored(Call call) throws ProblemException {
    return accounts
        .find(
            call.caller().account(), known -> known.dispatches().containsKey(call.path("dispatch")))
        .flatMap(account -> account.dispatch(call.path("dispatch")))
        .orElseThrow(() -> Problems.missing("dispatch"));
  }

  /** A dispatch as it would be if its document were stored. */
  private Dispatch tried(String home, String id, JsonNode candidate) throws ProblemException {
    ObjectNode document =
        configuration
            .written(home)
            .map(configuration::tree)
            .orElseThrow(() -> Problems.missing("dispatch"));
    document.withObject("dispatches").set(id, candidate);
    List<String> wrong = configuration.problems(home, document);
    if (!wrong.isEmpty()) {
      throw invalid(wrong, id, CANDIDATE);
    }
    return reader.read(document.toString(), 0).requireDispatch(id);
  }

  private static ProblemException invalid(List<String> problems, String dispatch, String as) {
    String path = "dispatches." + dispatch;
    return Problems.invalid(
        problems.stream()
            .map(line -> line.startsWith(path) ? as + line.substring(path.length()) : line)
            .map(Fault::of)
            .toList());
  }

  /** A row without any address is shown all the same. */
  private Optional<Refusal> refusal(Row row, Dispatch dispatch) {
    return intake
        .refusal(row, dispatch)
        .filter(refusal -> !row.addresses().isEmpty() || !refusal.code().equals("address-missing"));
  }

  private static ObjectNode json(Message message) {
    ObjectNode json =
        Json.object().put("channel", message.channel().label()).put("language", message.language());
    if (message.subject() != null) {
      json.put("subject", message.subject());
    }
    json.put("text", message.text());
    if (message.html() != null) {
      json.put("html", message.html());
    }
    return json;
  }

  private static ObjectNode json(Fault fault) {
    return Json.object()
        .put("path", fault.path())
        .put("reason", fault.reason())
        .put("remedy", fault.remedy());
  }
}
