package dev.beckon.api;

import dev.beckon.feedback.Answer;
import dev.beckon.feedback.Answers;
import dev.beckon.feedback.Submission;
import dev.beckon.privacy.LinkSignatures;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The pages behind answer links: a question answered in the message itself. Thread-safe.
 *
 * <p>Only a link with its signature opens them: the token alone is known to the survey tool and
 * stands in its links.
 */
final class AnswerPages {
  private static final String PATH = "/a/{token}/{signature}";

  /** 128 bits in base64url. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22}");

  private static final Pattern FIGURE = Pattern.compile("-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?");

  private final Answers answers;
  private final LinkSignatures signatures;
  private final Clock clock;

  AnswerPages(Answers answers, LinkSignatures signatures, Clock clock) {
    this.answers = answers;
    this.signatures = signatures;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.open("askAnswers", "GET", PATH, this::ask),
        Endpoint.open("giveAnswers", "POST", PATH, this::give));
  }

  /** A page with a button: mail scanners follow links, so GET must change nothing. */
  private WebReply ask(Call call) {
    String token = call.path("token");
    if (!isSigned(call) || !answers.knows(token)) {
      return unknown();
    }
    Map<String, String> said = new LinkedHashMap<>(call.request().query().size());
    new TreeMap<>(call.request().query()).forEach((name, values) -> said.put(name, said(values)));
    return read(said).isEmpty()
        ? unusable()
        : HtmlPage.confirming("Send your answer?", "This is what will be sent:", said, "Send");
  }

  private WebReply give(Call call) throws UnreadableRequestException {
    if (!isSigned(call)) {
      return unknown();
    }
    Map<String, String> said = new HashMap<>();
    call.request().query().forEach((name, values) -> said.put(name, said(values)));
    call.request()
        .form(AnswersApi.MOST_BYTES)
        .forEach((name, values) -> said.put(name, said(values)));
    Optional<Map<String, Answer>> read = read(said);
    if (read.isEmpty()) {
      return unusable();
    }
    Submission submission = new Submission(read.get(), clock.instant(), false);
    return switch (answers.store(call.path("token"), submission)) {
      case STORED -> HtmlPage.of(200, "Thank you", "Your answer was stored.", "");
      case UNKNOWN -> unknown();
      case TOO_MANY -> unusable();
    };
  }

  private boolean isSigned(Call call) {
    String token = call.path("token");
    return TOKEN.matcher(token).matches() && signatures.holds(token, call.path("signature"));
  }

  /** A form names a question once for each box that was ticked. */
  private static String said(List<String> values) {
    return String.join(", ", values);
  }

  /** Empty when there is nothing, too much, or something that cannot be taken. */
  private static Optional<Map<String, Answer>> read(Map<String, String> said) {
    List<String> faults = new ArrayList<>();
    Map<String, Answer> given = new HashMap<>();
    said.forEach((question, value) -> {
      Answer answer = answer(value);
      Submission.fault(question, answer).ifPresent(faults::add);
      given.put(question, answer);
    });
    return faults.isEmpty() && !given.isEmpty() && given.size() <= Submission.MOST_QUESTIONS
        ? Optional.of(given)
        : Optional.empty();
  }

  /** Links and forms have texts only: what is written as a figure is one. */
  private static Answer answer(String value) {
    if (FIGURE.matcher(value).matches()) {
      return new Answer.Figure(Double.parseDouble(value));
    }
    return value.equals("true") || value.equals("false")
        ? new Answer.Choice(Boolean.parseBoolean(value))
        : new Answer.Words(value);
  }

  private static WebReply unknown() {
    return HtmlPage.of(
        404,
        "This link is not valid",
        "It may have been cut off. Copy the whole link from the message.",
        "");
  }

  private static WebReply unusable() {
    return HtmlPage.of(
        422,
        "There is no answer in this link",
        "It may have been changed or cut off. Copy the whole link from the message.",
        "");
  }
}
