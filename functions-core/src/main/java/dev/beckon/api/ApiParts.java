package dev.beckon.api;

import dev.beckon.access.ApiKeys;
import dev.beckon.batch.BatchParts;
import dev.beckon.dispatch.DispatchPreview;
import dev.beckon.dispatch.Pause;
import dev.beckon.feedback.Answers;
import dev.beckon.feedback.Unsubscribe;
import dev.beckon.filedrop.FileDropParts;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.operations.Configuration;
import dev.beckon.operations.Erasure;
import dev.beckon.operations.Operations;
import dev.beckon.operations.SuppressionList;
import dev.beckon.operations.TestSend;
import dev.beckon.privacy.LinkSignatures;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.web.WebReply;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the API is built of; every part is thread-safe.
 *
 * @param publicUrl where it answers
 * @param operations whose looks are given up in time
 * @param erasure that looks no further than somebody waits for
 */
public record ApiParts(
    URI publicUrl,
    Unsubscribe unsubscribe,
    FileDropParts files,
    Optional<ObjectTickets> tickets,
    Answers answers,
    LinkSignatures signatures,
    ApiKeys keys,
    RecipientHasher hasher,
    Clock clock,
    Configuration configuration,
    Operations operations,
    Pause pause,
    Erasure erasure,
    SuppressionList suppressions,
    DispatchPreview renderings,
    TestSend testSend,
    BatchParts batches) {

  /** How long one look may take: a gateway waits 29 s for all of an answer. */
  public static final Duration PATIENCE = Duration.ofSeconds(8);

  /** Imports whose files an erasure tells of. */
  public static final int MOST_IMPORTS = 100;

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
    endpoints.addAll(new UploadsApi(files.uploads(), files.accounts(), tickets).endpoints());
    endpoints.addAll(new ImportsApi(files, tickets).endpoints());
    endpoints.addAll(new AnswerPages(answers, signatures, clock).endpoints());
    endpoints.addAll(new AnswersApi(answers, clock).endpoints());
    endpoints.addAll(new KeysApi(keys, hasher, clock).endpoints());
    endpoints.addAll(new AccountApi(configuration).endpoints());
    endpoints.addAll(new PartsApi(configuration).endpoints());
    endpoints.addAll(new TemplatesApi(configuration).endpoints());
    endpoints.addAll(new InvitationsApi(operations.finder(), operations.clock()).endpoints());
    endpoints.addAll(new EventsApi(operations.events()).endpoints());
    endpoints.addAll(new DeadLettersApi(operations.finder(), operations.events()).endpoints());
    endpoints.addAll(new RedrivesApi(operations).endpoints());
    endpoints.addAll(new DispatchStateApi(pause).endpoints());
    endpoints.addAll(new RecipientsApi(operations.finder(), erasure, suppressions).endpoints());
    endpoints.addAll(
        new PreviewApi(files.accounts(), configuration, files.intake(), renderings).endpoints());
    endpoints.addAll(new TestSendApi(testSend, hasher).endpoints());
    endpoints.addAll(new BatchesApi(batches, files).endpoints());
    endpoints.addAll(new Reference(publicUrl, endpoints).endpoints());
    return new Routes(endpoints);
  }
}
