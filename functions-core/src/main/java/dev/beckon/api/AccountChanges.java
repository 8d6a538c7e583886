package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.account.AccountSource.Written;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.operations.Configuration;
import dev.beckon.operations.Configuration.Outcome;
import dev.beckon.operations.Place;
import dev.beckon.web.Problem;
import dev.beckon.web.Problem.Fault;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.util.function.LongPredicate;

/**
 * What the endpoints of an account's document have in common. A test twin has its home's document.
 * Thread-safe.
 */
final class AccountChanges {
  /** Bytes of a body; the reader of accounts takes as many characters. */
  private static final int MOST = 4_000_000;

  private final Configuration configuration;

  AccountChanges(Configuration configuration) {
    this.configuration = configuration;
  }

  Configuration configuration() {
    return configuration;
  }

  /** What is in force of the caller's account. */
  Written written(Call call) throws ProblemException {
    return configuration
        .written(call.caller().home())
        .orElseThrow(() ->
            new ProblemException(
                new Problem(
                    404,
                    "not-found",
                    "There is no such thing",
                    "this account has no document yet; store one with ./beckon configure")));
  }

  /** What stands in a place of the document. */
  WebReply read(Call call, Place place, String what) throws ProblemException {
    Written written = written(call);
    JsonNode part = place.in(configuration.tree(written)).orElseThrow(() -> Problems.missing(what));
    return Json.ok(part).with(IfMatch.tag(written.version()));
  }

  /** The body of a request as a part of a document, or the whole. */
  ObjectNode body(Call call) throws ProblemException, UnreadableRequestException {
    return call.object(MOST);
  }

  /** Puts the body of a request in a place of the document. */
  WebReply put(Call call, Place place, String what)
      throws ProblemException, UnreadableRequestException {
    LongPredicate over = IfMatch.of(call.request());
    ObjectNode part = body(call);
    return done(
        what,
        () -> configuration.put(call.caller().home(), place, part, over, call.caller().name()));
  }

  /** Puts the body of a request in the place of the document. */
  WebReply replace(Call call) throws ProblemException, UnreadableRequestException {
    LongPredicate over = IfMatch.of(call.request());
    ObjectNode document = body(call);
    return done(
        "document",
        () -> configuration.replace(call.caller().home(), document, over, call.caller().name()));
  }

  /** Takes out what stands in a place of the document. */
  WebReply takeOut(Call call, Place place, String what) throws ProblemException {
    LongPredicate over = IfMatch.of(call.request());
    WebReply done =
        done(
            what,
            () -> configuration.takeOut(call.caller().home(), place, over, call.caller().name()));
    return new WebReply(204, done.contentType(), "", done.headers());
  }

  /** What a request does to the document. */
  private interface Attempt {
    Outcome made();
  }

  private static WebReply done(String what, Attempt attempt) throws ProblemException {
    Outcome outcome;
    try {
      outcome = attempt.made();
    } catch (InvalidAccountException e) {
      throw Problems.invalid(e.problems().stream().map(Fault::of).toList());
    }
    return switch (outcome) {
      case Outcome.Stored(long version, boolean made) ->
          Json.reply(made ? 201 : 200, Json.object().put("version", version))
              .with(IfMatch.tag(version));
      case Outcome.Stale() -> throw IfMatch.stale();
      case Outcome.Missing() -> throw Problems.missing(what);
    };
  }
}
