package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Scope;
import dev.beckon.filedrop.ImportFiles.Files;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Recipient;
import dev.beckon.json.JsonReader;
import dev.beckon.operations.Erasure;
import dev.beckon.operations.Finder;
import dev.beckon.operations.SuppressionList;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Erases recipients and keeps them from being asked. Addresses come in bodies alone, and none
 * leaves. Not for team keys, which are for listed recipients; a test key's are of its twin.
 * Thread-safe.
 */
final class RecipientsApi {
  private static final int MOST_BYTES = 4_096;
  private static final int MOST_BATCHES = 500;
  private static final Pattern REASON = Pattern.compile("[a-z0-9]+(-[a-z0-9]+){0,9}");
  private static final int LONGEST_REASON = 60;

  private final Finder finder;
  private final Erasure erasure;
  private final SuppressionList suppressions;

  RecipientsApi(Finder finder, Erasure erasure, SuppressionList suppressions) {
    this.finder = finder;
    this.erasure = erasure;
    this.suppressions = suppressions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(Scope.OPERATE, "eraseRecipient", "POST", "/v1/recipients/erase", this::erase)
            .notForTeams(),
        Endpoint.of(Scope.OPERATE, "suppressRecipient", "POST", "/v1/suppressions", this::suppress)
            .notForTeams(),
        Endpoint.of(Scope.OPERATE, "liftSuppression", "POST", "/v1/suppressions/lift", this::lift)
            .notForTeams());
  }

  private record Erase(List<Recipient> recipients, boolean dryRun) {}

  private WebReply erase(Call call) throws ProblemException, UnreadableRequestException {
    call.knownQuery();
    Erase wanted =
        call.json(
            MOST_BYTES,
            body -> {
              body.known("recipient", "country", "dryRun");
              if (!body.has("dryRun")) {
                body.problem(
                    "dryRun", "is missing; true tells what there is, false erases it for good");
              }
              return new Erase(recipients(body), body.flag("dryRun", true));
            });
    String account = call.caller().account();
    return wanted.dryRun()
        ? Json.ok(json(erasure.look(account, wanted.recipients()), true))
        : Json.reply(
            202, json(erasure.erase(account, wanted.recipients(), call.caller().name()), false));
  }

  private record Suppress(List<Recipient> recipients, String reason) {}

  private WebReply suppress(Call call) throws ProblemException, UnreadableRequestException {
    call.knownQuery();
    Suppress wanted =
        call.json(
            MOST_BYTES,
            body -> {
              body.known("recipient", "country", "reason");
              String reason = body.text("reason", "by-request");
              if (reason.length() > LONGEST_REASON || !REASON.matcher(reason).matches()) {
                body.problem(
                    "reason",
                    "is no word of lower-case letters, digits and dashes; write it as called-us");
              }
              return new Suppress(recipients(body), reason);
            });
    suppressions.suppress(
        call.caller().account(), wanted.recipients(), wanted.reason(), call.caller().name());
    return Json.nothing(204);
  }

  private WebReply lift(Call call) throws ProblemException, UnreadableRequestException {
    call.knownQuery();
    List<Recipient> recipients =
        call.json(
            MOST_BYTES,
            body -> {
              body.known("recipient", "country");
              return recipients(body);
            });
    if (!suppressions.lift(call.caller().account(), recipients, call.caller().name())) {
      throw Problems.conflict(
          "erasure-under-way",
          "the recipient is being erased, which suppresses them anew; lift it in about an hour");
    }
    return Json.nothing(204);
  }

  private List<Recipient> recipients(JsonReader body) {
    String country = InvitationFilter.country(body);
    String written = InvitationFilter.sound("recipient", body.optional("recipient"), body::problem);
    if (written == null) {
      if (!body.has("recipient")) {
        body.problem("recipient", "is missing; give an e-mail address or a telephone number");
      }
      return List.of();
    }
    try {
      return finder.recipients(written, country);
    } catch (IllegalArgumentException e) {
      body.problem("recipient", InvitationFilter.told(e));
      return List.of();
    }
  }

  private static ObjectNode json(Erasure.Found found, boolean dryRun) {
    ObjectNode json =
        Json.object()
            .put("dryRun", dryRun)
            .put("rows", found.rows())
            .put("underWay", found.underWay());
    List<Map.Entry<String, Map<InvitationState, Long>>> batches =
        found.states().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .limit(MOST_BATCHES)
            .toList();
    json.set(
        "batches",
        Json.array(
            batches,
            batch -> {
              ObjectNode one = Json.object().put("batch", batch.getKey());
              one.set("states", Json.counts(batch.getValue()));
              return one;
            }));
    json.set("imports", Json.array(found.files(), RecipientsApi::files));
    return json;
  }

  private static ObjectNode files(Files files) {
    ObjectNode json = Json.object().put("import", files.importId()).put("ended", files.ended());
    json.set("files", Json.texts(files.keys()));
    return json;
  }
}
