package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Caller;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.invitation.Recipient;
import dev.beckon.json.JsonReader;
import dev.beckon.operations.TestSend;
import dev.beckon.operations.Words;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.web.Problem;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.util.Collections;
import java.util.List;

/** Sends one message to look at it. Thread-safe. */
final class TestSendApi {
  private static final int MOST_BYTES = 1 << 20;

  private final TestSend tests;
  private final RecipientHasher hasher;

  TestSendApi(TestSend tests, RecipientHasher hasher) {
    this.tests = tests;
    this.hasher = hasher;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(
            Scope.DISPATCH, "testSend", "POST", "/v1/dispatches/{dispatch}/test-send", this::send));
  }

  private WebReply send(Call call) throws ProblemException, UnreadableRequestException {
    call.knownQuery();
    Row row = call.json(MOST_BYTES, TestSendApi::row);
    Caller caller = call.caller();
    TestSend.Outcome outcome =
        tests.send(
            caller.account(),
            call.path("dispatch"),
            row,
            recipient -> mayReach(caller, recipient),
            caller.name());
    return switch (outcome) {
      case TestSend.Outcome.Stored stored -> told(caller, stored.invitation());
      case TestSend.Outcome.Refused refused ->
          throw Problems.invalid(List.of(SampleRow.fault(refused.refusal())));
      case TestSend.Outcome.NotListed none ->
          throw new ProblemException(
              new Problem(
                  422,
                  "recipient-not-listed",
                  "This key may not reach that recipient",
                  "a team key reaches the recipients that are listed with it; list the recipient, or use a live key"));
      case TestSend.Outcome.NoDispatch none -> throw Problems.missing("dispatch");
      case TestSend.Outcome.Paused paused ->
          throw Problems.conflict(
              "dispatch-not-live",
              "nothing of this dispatch goes out; resume it, or look at a preview");
    };
  }

  private static Row row(JsonReader body) {
    body.known("recipients", "fields", "language", "zone", "country");
    if (!body.has("recipients")) {
      body.problem("recipients", "is missing; send the address the message is to go to");
    }
    return SampleRow.read(body);
  }

  private boolean mayReach(Caller caller, Recipient recipient) {
    return caller.kind() != KeyKind.TEAM
        || !Collections.disjoint(caller.recipients(), hasher.all(recipient));
  }

  /** What became of it may say that the recipient is suppressed: that is for those who may read. */
  private WebReply told(Caller caller, Invitation stored) {
    if (!caller.may(Scope.READ)) {
      ObjectNode body = body(stored).put("state", "STORED");
      body.putArray("journal");
      return Json.reply(202, body);
    }
    Invitation now = tests.await(stored);
    ObjectNode body = body(now).put("state", now.state().name());
    body.set("journal", Json.array(now.journal(), TestSendApi::entry));
    return Json.reply(now.state().isFinal() ? 200 : 202, body);
  }

  private static ObjectNode body(Invitation row) {
    return Json.object().put("invitation", row.id()).put("batch", row.batch());
  }

  private static ObjectNode entry(JournalEntry entry) {
    ObjectNode json =
        Json.object().put("at", entry.at().toString()).put("state", entry.state().name());
    if (!entry.vendor().isEmpty()) {
      json.put("vendorAccount", entry.vendor());
    }
    return json.put("note", Words.entry(entry));
  }
}
