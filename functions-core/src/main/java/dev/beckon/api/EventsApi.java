package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Scope;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.events.EventPlace;
import dev.beckon.events.EventQuery;
import dev.beckon.web.Problem.Fault;
import dev.beckon.web.ProblemException;
import dev.beckon.web.WebReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What happened to an account; nothing of other accounts or of the system. Thread-safe. */
final class EventsApi {
  private final EventLog events;

  EventsApi(EventLog events) {
    this.events = events;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.of(Scope.READ, "listEvents", "GET", "/v1/events", this::list));
  }

  private WebReply list(Call call) throws ProblemException {
    call.knownQuery("level", "code", "since", "until", "after", "limit");
    List<Fault> faults = new ArrayList<>();
    BiConsumer<String, String> problem = (path, told) -> faults.add(Fault.of(path + ": " + told));
    EventQuery query =
        new EventQuery(
            call.caller().account(),
            level(call, problem),
            call.query("code").map(Set::of).orElse(Set.of()),
            moment(call, "since", problem),
            moment(call, "until", problem));
    Page.Asked asked = Page.Asked.of(call);
    Optional<EventPlace> after =
        asked.after().isEmpty() ? Optional.empty() : EventPlace.parse(asked.after());
    if (!asked.after().isEmpty() && after.isEmpty()) {
      problem.accept(
          "after", "is no cursor of this list; use the value of next in the page before");
    }
    if (!faults.isEmpty()) {
      throw Problems.invalid(faults);
    }
    List<Event> found = events.find(query, after.orElse(null), asked.limit() + 1);
    return Json.page(asked.page(found, event -> EventPlace.of(event).toString()), EventsApi::json);
  }

  static ObjectNode json(Event event) {
    return Json.object()
        .put("at", event.at().toString())
        .put("level", event.level().name())
        .put("code", event.code())
        .put("message", event.message());
  }

  private static @Nullable Instant moment(
      Call call, String name, BiConsumer<String, String> problem) {
    return Moments.of(name, call.query(name).orElse(null), problem);
  }

  private static Event.Level level(Call call, BiConsumer<String, String> problem) {
    Optional<String> written = call.query("level");
    if (written.isEmpty()) {
      return Event.Level.DEBUG;
    }
    Optional<Event.Level> level =
        Arrays.stream(Event.Level.values())
            .filter(one -> one.name().equalsIgnoreCase(written.get()))
            .findFirst();
    if (level.isEmpty()) {
      problem.accept(
          "level",
          "is no level; use "
              + String.join(", ", Arrays.stream(Event.Level.values()).map(Enum::name).toList()));
    }
    return level.orElse(Event.Level.DEBUG);
  }
}
