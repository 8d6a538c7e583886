package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Scope;
import dev.beckon.feedback.Answer;
import dev.beckon.feedback.AnswerSheet;
import dev.beckon.feedback.Answers;
import dev.beckon.feedback.Submission;
import dev.beckon.json.JsonReader;
import dev.beckon.web.Problem;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What survey tools hand in and what was answered to an invitation. Thread-safe. */
final class AnswersApi {
  static final int MOST_BYTES = 1 << 20;

  /** Clocks of survey tools may be ahead by this much. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final Answers answers;
  private final Clock clock;

  AnswersApi(Answers answers, Clock clock) {
    this.answers = answers;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(Scope.DISPATCH, "storeAnswers", "POST", "/v1/answers", this::store),
        Endpoint.of(
            Scope.READ, "getAnswers", "GET", "/v1/invitations/{invitation}/answers", this::read));
  }

  private record HandedIn(String token, Submission submission) {}

  private WebReply store(Call call) throws ProblemException, UnreadableRequestException {
    call.knownQuery();
    HandedIn in = call.json(MOST_BYTES, this::handedIn);
    return switch (answers.store(call.caller().account(), in.token(), in.submission())) {
      case STORED -> Json.ok(Json.object().put("stored", in.submission().answers().size()));
      case UNKNOWN ->
          throw new ProblemException(
              new Problem(
                  404,
                  "not-found",
                  "There is no such thing",
                  "no invitation of this account has that token; hand in the token of the survey link as it is"));
      case TOO_MANY -> throw tooMany();
    };
  }

  private static ProblemException tooMany() {
    return Problems.conflict(
        "too-many-questions",
        "with those stored before there would be more than "
            + Submission.MOST_QUESTIONS
            + " questions; use the names that were used before");
  }

  private HandedIn handedIn(JsonReader body) {
    body.known("token", "answers", "answeredAt", "complete");
    String token = body.text("token");
    Map<String, Answer> given = new HashMap<>();
    Map<String, JsonNode> values = body.values("answers");
    if (values.size() > Submission.MOST_QUESTIONS) {
      body.problem(
          "answers",
          "has more than " + Submission.MOST_QUESTIONS + " questions; hand in those that matter");
    } else {
      values.forEach((question, value) -> read(body, question, value, given));
    }
    boolean complete = body.flag("complete", false);
    if (values.isEmpty() && !complete) {
      body.problem("answers", "is empty; send an answer, or complete: true");
    }
    Instant now = clock.instant();
    Instant at = body.instant("answeredAt");
    if (at != null && at.isAfter(now.plus(AHEAD))) {
      body.problem("answeredAt", "lies ahead; send when it was answered, or leave it out for now");
    }
    return new HandedIn(token, new Submission(given, at == null ? now : at, complete));
  }

  private static void read(
      JsonReader body, String question, JsonNode value, Map<String, Answer> given) {
    if (value.isNumber() && !(Math.abs(value.doubleValue()) <= Submission.LARGEST_FIGURE)) {
      body.problem(
          "answers." + question,
          "is beyond what programs keep exactly; send at most 9007199254740991, or a text");
      return;
    }
    Answer answer =
        value.isNumber()
            ? new Answer.Figure(value.doubleValue())
            : value.isBoolean()
                ? new Answer.Choice(value.booleanValue())
                : new Answer.Words(value.textValue());
    Optional<String> fault = Submission.fault(question, answer);
    if (fault.isPresent()) {
      body.problem("answers." + question, fault.get());
    } else {
      given.put(question, answer);
    }
  }

  private WebReply read(Call call) throws ProblemException {
    call.knownQuery();
    Answers.Read read =
        answers
            .of(call.caller().account(), call.path("invitation"))
            .orElseThrow(() -> Problems.missing("invitation with answers"));
    AnswerSheet sheet = read.sheet();
    ObjectNode body =
        Json.object()
            .put("invitation", sheet.invitation())
            .put("dispatch", sheet.dispatch())
            .put("batch", sheet.batch())
            .put("firstAt", sheet.firstAt().toString())
            .put("lastAt", sheet.lastAt().toString())
            .put("complete", sheet.complete());
    ObjectNode said = body.putObject("answers");
    read.answers().forEach((question, answer) -> put(said, question, answer));
    ArrayNode forgotten = body.putArray("forgotten");
    read.forgotten().forEach(forgotten::add);
    return Json.ok(body);
  }

  private static void put(ObjectNode said, String question, Answer answer) {
    switch (answer) {
      case Answer.Figure figure -> {
        double value = figure.value();
        if (value == Math.rint(value)) {
          said.put(question, (long) value);
        } else {
          said.put(question, value);
        }
      }
      case Answer.Choice choice -> said.put(question, choice.value());
      case Answer.Words words -> said.put(question, words.value());
    }
  }
}
