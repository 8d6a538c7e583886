package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.beckon.app.Delivery;
import dev.beckon.privacy.Failures;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges messages that ten receives did not settle; keeps those it cannot. */
public final class DeadLetterHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger log = LoggerFactory.getLogger(DeadLetterHandler.class);

  private final AwsApplication application;

  /** Called by Lambda, once per environment. */
  public DeadLetterHandler() {
    this(AwsApplication.start());
  }

  DeadLetterHandler(AwsApplication application) {
    this.application = application;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return application.run("dead-letter", context, () -> judge(event, context));
  }

  private SQSBatchResponse judge(SQSEvent event, Context context) {
    List<Delivery> hints = new ArrayList<>();
    Set<String> again = new LinkedHashSet<>();
    for (Delivery delivery : SqsBatches.deliveries(event)) {
      List<String> created = application.notifications().keysIn(delivery.body());
      if (created.isEmpty()) {
        hints.add(delivery);
        continue;
      }
      try {
        // a file's event is the only trace of it: it is kept until it is noted
        application.core().deadFiles(created);
      } catch (RuntimeException e) {
        log.error("message={} failed and is delivered again: {}", delivery.id(), Failures.tell(e));
        again.add(delivery.id());
      }
    }
    again.addAll(application.core().deadLetters(hints, application.deadline(context)));
    return SqsBatches.response(again);
  }
}
