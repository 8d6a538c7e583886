package dev.beckon.api;

import static dev.beckon.access.Scope.CONFIGURE;
import static dev.beckon.access.Scope.READ;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.account.AccountSource.Version;
import dev.beckon.account.AccountSource.Written;
import dev.beckon.operations.Configuration;
import dev.beckon.web.Problem.Fault;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.util.List;
import java.util.regex.Pattern;

/** An account's document as a whole, and its versions. Thread-safe. */
final class AccountApi {
  private static final String PATH = "/v1/account";
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,12}");

  private final Configuration configuration;
  private final AccountChanges changes;

  AccountApi(Configuration configuration) {
    this.configuration = configuration;
    this.changes = new AccountChanges(configuration);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(READ, CONFIGURE, "readAccount", "GET", PATH, this::read),
        Endpoint.of(CONFIGURE, "replaceAccount", "PUT", PATH, changes::replace).live(),
        Endpoint.of(READ, CONFIGURE, "checkAccount", "POST", PATH + "/check", this::check),
        Endpoint.of(READ, CONFIGURE, "listVersions", "GET", PATH + "/history", this::versions),
        Endpoint.of(
            READ, CONFIGURE, "readVersion", "GET", PATH + "/history/{version}", this::version));
  }

  private WebReply read(Call call) throws ProblemException {
    Written written = changes.written(call);
    return document(call, written).with(IfMatch.tag(written.version()));
  }

  private WebReply check(Call call) throws ProblemException, UnreadableRequestException {
    List<String> problems = configuration.problems(call.caller().home(), changes.body(call));
    ObjectNode body = Json.object();
    body.set(
        "problems",
        Json.array(
            problems,
            line -> {
              Fault fault = Fault.of(line);
              return Json.object()
                  .put("path", fault.path())
                  .put("reason", fault.reason())
                  .put("remedy", fault.remedy());
            }));
    return Json.ok(body);
  }

  private WebReply versions(Call call) throws ProblemException {
    call.knownQuery("after", "limit");
    Page.Asked asked = Page.Asked.of(call);
    if (!asked.after().isEmpty() && !VERSION.matcher(asked.after()).matches()) {
      throw Problems.invalid(
          "after", "is no cursor", "use the value of next in the page before, as it is");
    }
    long before = asked.after().isEmpty() ? Long.MAX_VALUE : Long.parseLong(asked.after());
    List<Version> found = configuration.versions(call.caller().home(), before, asked.limit() + 1);
    return Json.page(
        asked.page(found, version -> Long.toString(version.number())), AccountApi::figures);
  }

  private WebReply version(Call call) throws ProblemException {
    String number = call.path("version");
    if (!VERSION.matcher(number).matches()) {
      throw Problems.missing("version");
    }
    Written written =
        configuration
            .version(call.caller().home(), Long.parseLong(number))
            .orElseThrow(() -> Problems.missing("version"));
    return document(call, written);
  }

  private WebReply document(Call call, Written written) {
    ObjectNode body = Json.object().put("id", call.caller().home());
    body.setAll(figures(written.stored()));
    body.set("document", configuration.tree(written));
    return Json.ok(body);
  }

  private static ObjectNode figures(Version version) {
    return Json.object()
        .put("version", version.number())
        .put("changedAt", version.at().toString())
        .put("changedBy", version.change().who())
        .put("change", version.change().what());
  }
}
