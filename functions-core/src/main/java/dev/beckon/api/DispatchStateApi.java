package dev.beckon.api;

import dev.beckon.access.Scope;
import dev.beckon.dispatch.Pause;
import dev.beckon.web.ProblemException;
import dev.beckon.web.WebReply;
import java.util.List;

/**
 * Stops dispatches and lets them go on. It changes the account's document, which everybody shares
 * and a test twin has none of: for live keys alone. Thread-safe.
 */
final class DispatchStateApi {
  private final Pause pause;

  DispatchStateApi(Pause pause) {
    this.pause = pause;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(
                Scope.OPERATE,
                "pauseDispatch",
                "POST",
                "/v1/dispatches/{dispatch}/pause",
                call -> become(call, "PAUSED", pause::pause))
            .live(),
        Endpoint.of(
                Scope.OPERATE,
                "resumeDispatch",
                "POST",
                "/v1/dispatches/{dispatch}/resume",
                call -> become(call, "LIVE", pause::resume))
            .live());
  }

  private interface Change {
    boolean made(String account, String dispatch, String who);
  }

  private static WebReply become(Call call, String state, Change change) throws ProblemException {
    call.knownQuery();
    try {
      boolean changed =
          change.made(call.caller().account(), call.path("dispatch"), call.caller().name());
      return Json.ok(
          Json.object()
              .put("dispatch", call.path("dispatch"))
              .put("state", state)
              .put("changed", changed));
    } catch (Pause.UnknownDispatchException e) {
      throw Problems.missing("dispatch");
    }
  }
}
