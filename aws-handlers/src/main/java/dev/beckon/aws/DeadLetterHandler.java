package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

/** Judges messages that ten receives did not settle; keeps those it cannot. */
public final class DeadLetterHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
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
    return SqsBatches.response(
        application
            .core()
            .deadLetters(SqsBatches.deliveries(event), application.deadline(context)));
  }
}
