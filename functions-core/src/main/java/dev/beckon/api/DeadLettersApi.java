package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Scope;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.events.EventQuery;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.SearchTooLongException;
import dev.beckon.operations.Finder;
import dev.beckon.parcel.ParcelStore.Listed;
import dev.beckon.web.ProblemException;
import dev.beckon.web.WebReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What did not go as it should and waits for a person. Thread-safe. */
final class DeadLettersApi {
  private static final Set<String> CODES = Set.of("parcel-dead-lettered", "import-stuck");
  private static final int EVENTS = 50;

  private final Finder finder;
  private final EventLog events;

  DeadLettersApi(Finder finder, EventLog events) {
    this.finder = finder;
    this.events = events;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(Scope.OPERATE, "listDeadLetters", "GET", "/v1/dead-letters", this::list));
  }

  private WebReply list(Call call) throws ProblemException {
    call.knownQuery("after", "limit");
    String account = call.caller().account();
    Page.Asked asked = Page.Asked.of(call);
    List<Listed> found = finder.deadLettered(account, asked.after(), asked.limit() + 1);
    ObjectNode body =
        Json.pageBody(asked.page(found, listed -> listed.parcel().id()), ParcelJson::of);
    if (asked.after().isEmpty()) {
      List<Event> told =
          events.find(new EventQuery(account, Event.Level.DEBUG, CODES, null, null), null, EVENTS);
      body.set("events", Json.array(told, EventsApi::json));
      counts(account)
          .ifPresent(
              counts -> body.set("counts", Json.array(counts.entrySet(), DeadLettersApi::count)));
    }
    return Json.ok(body);
  }

  /** Empty where counting takes too long: the rest is worth having all the same. */
  private Optional<Map<String, Map<InvitationState, Long>>> counts(String account) {
    try {
      return Optional.of(finder.stuck(account));
    } catch (SearchTooLongException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode count(Map.Entry<String, Map<InvitationState, Long>> dispatch) {
    ObjectNode json = Json.object().put("dispatch", dispatch.getKey());
    json.set("states", Json.counts(dispatch.getValue()));
    return json;
  }
}
