package dev.beckon.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Change;
import dev.beckon.account.Dispatch;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.parcel.Nudger;
import java.time.Clock;
import java.util.Locale;

/**
 * Pauses and resumes dispatches by changing the account's document. A running worker notices when
 * it reads the account again. Thread-safe.
 */
public final class Pause {
  private final AccountSource accounts;
  private final Nudger nudger;
  private final EventLog events;
  private final Clock clock;
  private final JsonMapper json = JsonMapper.builder().build();

  /** There is no such dispatch, or no such account. */
  public static final class UnknownDispatchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnknownDispatchException(String message) {
      super(message);
    }
  }

  Pause(DispatchParts parts) {
    this.accounts = parts.accounts();
    this.nudger = parts.nudger();
    this.events = parts.events();
    this.clock = parts.clock();
  }

  /**
   * Stops a dispatch from sending; what is at the vendor already goes out.
   *
   * @param who the person who wants it, for the event
   * @return false when it was paused already
   */
  public boolean pause(String account, String dispatch, String who) {
    return become(Dispatch.State.PAUSED, account, dispatch, who);
  }

  /**
   * Lets a dispatch send again and hints at its deferred parcels.
   *
   * @param who the person who wants it, for the event
   * @return false when it was live already; its parcels are hinted at all the same
   */
  public boolean resume(String account, String dispatch, String who) {
    boolean changed = become(Dispatch.State.LIVE, account, dispatch, who);
    nudger.wakeDispatch(account, dispatch);
    return changed;
  }

  private boolean become(Dispatch.State state, String account, String dispatch, String who) {
    while (true) {
      AccountSource.Written written =
          accounts
              .written(account)
              .orElseThrow(() -> new UnknownDispatchException("there is no account " + account));
      ObjectNode root = parse(written.json());
      if (!(root.path("dispatches").get(dispatch) instanceof ObjectNode node)) {
        throw new UnknownDispatchException(
            "account "
                + account
                + " has no dispatch "
                + dispatch
                + "; it has "
                + String.join(
                    ", ",
                    root.path("dispatches")
                        .propertyStream()
                        .map(java.util.Map.Entry::getKey)
                        .toList()));
      }
      String label = state.name().toLowerCase(Locale.ROOT);
      String now = node.path("state").asText(Dispatch.State.LIVE.name());
      if (now.equalsIgnoreCase(label)) {
        tell(state, account, dispatch, who, written.version());
        return false;
      }
      node.put("state", label);
      Change change = new Change(who, done(state) + " dispatch " + dispatch);
      if (accounts.replace(root.toPrettyString(), written.version(), change)) {
        tell(state, account, dispatch, who, written.version() + 1);
        return true;
      }
    }
  }

  /** Told once a version: a command run again after a crash tells what the first one could not. */
  private void tell(
      Dispatch.State state, String account, String dispatch, String who, long version) {
    String code =
        switch (state) {
          case PAUSED -> "dispatch-paused";
          case LIVE -> "dispatch-resumed";
        };
    events.write(
        new Event(
            clock.instant(),
            Event.Level.INFORMATION,
            code,
            Event.keyOfVersion(account, version),
            account,
            who + " " + done(state) + " dispatch " + dispatch));
  }

  private static String done(Dispatch.State state) {
    return switch (state) {
      case PAUSED -> "paused";
      case LIVE -> "resumed";
    };
  }

  private ObjectNode parse(String document) {
    try {
      JsonNode root = json.readTree(document);
      if (root instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalStateException("the stored account is no JSON object");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored account is not JSON", e);
    }
  }
}
