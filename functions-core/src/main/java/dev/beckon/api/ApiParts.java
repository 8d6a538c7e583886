package dev.beckon.api;

import dev.beckon.access.ApiKeys;
import dev.beckon.feedback.Answers;
import dev.beckon.feedback.Unsubscribe;
import dev.beckon.privacy.LinkSignatures;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.web.WebReply;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the API is built of; every part is thread-safe.
 *
 * @param publicUrl where it answers
 */
public record ApiParts(
    URI publicUrl,
    Unsubscribe unsubscribe,
    Answers answers,
    LinkSignatures signatures,
    ApiKeys keys,
    RecipientHasher hasher,
    Clock clock) {

  /** The route table. */
  public Routes routes() {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(
        Endpoint.open(
            "health",
            "GET",
            "/healthz",
            call -> new WebReply(200, "text/plain; charset=utf-8", "ok\n", Map.of())));
    endpoints.addAll(new UnsubscribePages(unsubscribe).endpoints());
    endpoints.addAll(new AnswerPages(answers, signatures, clock).endpoints());
    endpoints.addAll(new AnswersApi(answers, clock).endpoints());
    endpoints.addAll(new KeysApi(keys, hasher, clock).endpoints());
    endpoints.addAll(new Reference(publicUrl, endpoints).endpoints());
    return new Routes(endpoints);
  }
}
