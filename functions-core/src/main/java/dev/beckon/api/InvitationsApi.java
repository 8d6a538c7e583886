package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Scope;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationSearch.Found;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.Search;
import dev.beckon.operations.Finder;
import dev.beckon.operations.Finder.History;
import dev.beckon.operations.Means;
import dev.beckon.operations.Words;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of invitations. Shows ids and states; never an address, a field or a token.
 * Thread-safe.
 */
final class InvitationsApi {
  private static final int MOST_BYTES = 16_384;

  private final Finder finder;
  private final InvitationFilter filter;
  private final Clock clock;

  InvitationsApi(Finder finder, Clock clock) {
    this.finder = finder;
    this.filter = new InvitationFilter(finder);
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(Scope.READ, "listInvitations", "GET", "/v1/invitations", this::list),
        Endpoint.of(
            Scope.READ, "searchInvitations", "POST", "/v1/invitations/search", this::search),
        Endpoint.of(Scope.READ, "getInvitation", "GET", "/v1/invitations/{invitation}", this::get));
  }

  private WebReply list(Call call) throws ProblemException {
    call.knownQuery("batch", "dispatch", "reference", "state", "since", "after", "limit");
    return page(filter.ofQuery(call), Page.Asked.of(call));
  }

  private record Wanted(Search search, String after, int limit) {}

  private WebReply search(Call call) throws ProblemException, UnreadableRequestException {
    call.knownQuery();
    Wanted wanted =
        call.json(
            MOST_BYTES,
            body -> {
              body.known(InvitationFilter.keysAnd("after", "limit"));
              Search search = filter.ofBody(body, call.caller().account());
              String after = InvitationFilter.sound("after", body.optional("after"), body::problem);
              int limit = body.integer("limit", Page.USUAL);
              if (limit < 1 || limit > Page.MOST) {
                body.problem(
                    "limit", "is no number from 1 to " + Page.MOST + "; leave it out for 50");
              }
              return new Wanted(search, after == null ? "" : after, limit);
            });
    return page(wanted.search(), Page.Asked.of(wanted.after(), wanted.limit()));
  }

  private WebReply page(Search wanted, Page.Asked asked) throws ProblemException {
    List<Found> found = InTime.look(() -> finder.page(wanted, asked.after(), asked.limit() + 1));
    return Json.page(asked.page(found, Found::id), InvitationsApi::listed);
  }

  private static ObjectNode listed(Found row) {
    ObjectNode json =
        Json.object()
            .put("id", row.id())
            .put("batch", row.batch())
            .put("row", row.row())
            .put("dispatch", row.dispatch())
            .put("channel", row.channel().label())
            .put("state", row.state().name())
            .put("attempts", row.attempts())
            .put("expires", row.expires().toString());
    json.set("last", entry(row.last()));
    return withReference(json, row.reference());
  }

  private static ObjectNode withReference(ObjectNode json, @Nullable String reference) {
    return reference == null ? json : json.put("reference", reference);
  }

  private static ObjectNode entry(JournalEntry entry) {
    ObjectNode json =
        Json.object().put("at", entry.at().toString()).put("state", entry.state().name());
    if (!entry.vendor().isEmpty()) {
      json.put("vendorAccount", entry.vendor());
    }
    return json.put("note", Words.entry(entry));
  }

  private WebReply get(Call call) throws ProblemException {
    call.knownQuery();
    History history =
        finder
            .history(call.path("invitation"))
            .filter(found -> found.invitation().account().equals(call.caller().account()))
            .orElseThrow(() -> Problems.missing("invitation"));
    Invitation row = history.invitation();
    ObjectNode json =
        Json.object()
            .put("id", row.id())
            .put("batch", row.batch())
            .put("row", row.row())
            .put("dispatch", row.dispatch())
            .put("channel", row.channel().label())
            .put("language", row.language())
            .put("state", row.state().name())
            .put("meaning", Words.meaning(row.state()))
            .put("next", Words.next(row, clock.instant(), Means.REQUESTS))
            .put("attempts", row.attempts())
            .put("acceptedAt", row.acceptedAt().toString())
            .put("notBefore", row.notBefore().toString())
            .put("expires", row.expires().toString());
    json.set("journal", Json.array(row.journal(), InvitationsApi::entry));
    json.set("parcels", Json.array(history.parcels(), ParcelJson::of));
    return Json.ok(withReference(json, row.reference()));
  }
}
