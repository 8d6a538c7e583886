package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Scope;
import dev.beckon.invitation.Search;
import dev.beckon.json.JsonReader;
import dev.beckon.operations.Operations;
import dev.beckon.operations.Redrive;
import dev.beckon.operations.RedriveOrder;
import dev.beckon.operations.RedrivePlan;
import dev.beckon.operations.Stretch;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends invitations again that ended without being sent. Thread-safe. */
final class RedrivesApi {
  private static final int MOST_BYTES = 16_384;

  /** What is looked at twice, and filed, well before a gateway stops waiting. */
  private static final long MOST_ROWS = 100_000;

  private static final Duration PLANNING = Duration.ofSeconds(4);
  private static final Duration FILING = Duration.ofSeconds(8);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int LISTED = 100;

  private final Redrive redrive;
  private final InvitationFilter filter;

  RedrivesApi(Operations operations) {
    this.redrive = operations.redrive();
    this.filter = new InvitationFilter(operations.finder());
  }

  /** A test key's are of its twin, which has no vendor but the simulator. */
  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(Scope.OPERATE, "createRedrive", "POST", "/v1/redrives", this::create)
            .notForTeams());
  }

  private record Wanted(Search search, @Nullable Duration expires, boolean dryRun, String after) {}

  private WebReply create(Call call) throws ProblemException, UnreadableRequestException {
    call.knownQuery();
    Wanted wanted = call.json(MOST_BYTES, body -> read(body, call.caller().account()));
    RedriveOrder order = order(wanted);
    String after = Page.Asked.of(wanted.after(), 1).after();
    RedrivePlan plan =
        InTime.look(() -> redrive.plan(order, new Stretch(after, MOST_ROWS, PLANNING)));
    if (wanted.dryRun() || plan.rows() == 0) {
      return Json.ok(json(plan, order, wanted.dryRun()));
    }
    RedrivePlan filed =
        InTime.look(() ->
            redrive.file(
                order,
                new Stretch(after, plan.next() == null ? MOST_ROWS : plan.looked(), FILING),
                plan,
                call.caller().name()));
    return Json.reply(202, json(filed, order, false));
  }

  private Wanted read(JsonReader body, String account) {
    body.known(InvitationFilter.keysAnd("expires", "dryRun", "after"));
    if (!body.has("dryRun")) {
      body.problem(
          "dryRun", "is missing; true tells what would go out again, false lets it go out");
    }
    String after = InvitationFilter.sound("after", body.optional("after"), body::problem);
    return new Wanted(
        filter.ofBody(body, account),
        expires(body),
        body.flag("dryRun", true),
        after == null ? "" : after);
  }

  private static @Nullable Duration expires(JsonReader body) {
    String written = InvitationFilter.sound("expires", body.optional("expires"), body::problem);
    if (written == null) {
      return null;
    }
    try {
      Duration expires = Duration.parse(written);
      if (expires.isPositive() && expires.compareTo(LONGEST) <= 0) {
        return expires;
      }
      body.problem("expires", "is not more than nothing and a year at most; write it as P2D");
    } catch (DateTimeParseException e) {
      body.problem("expires", "is no duration; write it as PT36H or P2D");
    }
    return null;
  }

  private static RedriveOrder order(Wanted wanted) throws ProblemException {
    try {
      return new RedriveOrder(wanted.search(), wanted.expires());
    } catch (IllegalArgumentException e) {
      throw Problems.invalid(
          "states",
          "names what cannot be redriven",
          "use some of FAILED, DEAD, EXPIRED, CANCELLED, IN_DOUBT, or leave it out for the first three");
    }
  }

  private static ObjectNode json(RedrivePlan plan, RedriveOrder order, boolean dryRun) {
    ObjectNode json = Json.object().put("dryRun", dryRun);
    if (plan.number() > 0) {
      json.put("redrive", plan.number());
    }
    json.put("rows", plan.rows())
        .put("parcels", plan.parcels())
        .put("pastExpiry", plan.pastExpiry())
        .put("mayAskTwice", order.mayAskTwice());
    json.set("states", Json.counts(plan.states()));
    json.set("dispatches", counts("dispatch", plan.dispatches()));
    json.set("batches", counts("batch", plan.batches()));
    json.set("reasons", counts("reason", plan.reasons()));
    String next = plan.next();
    if (next != null) {
      json.put("next", Page.cursor(next));
    }
    return json;
  }

  /** The most frequent first; the rest summed up under one name. */
  private static ArrayNode counts(String name, Map<String, Long> counts) {
    List<Map.Entry<String, Long>> all = List.copyOf(counts.entrySet());
    ArrayNode array =
        Json.array(
            all.subList(0, Math.min(LISTED, all.size())),
            count -> Json.object().put(name, count.getKey()).put("rows", count.getValue()));
    long others = all.stream().skip(LISTED).mapToLong(Map.Entry::getValue).sum();
    if (others > 0) {
      array.addObject().put(name, RedrivePlan.OTHERS).put("rows", others);
    }
    return array;
  }
}
