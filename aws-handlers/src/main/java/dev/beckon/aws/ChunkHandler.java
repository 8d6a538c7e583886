package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

/** Accepts the rows of queued chunks; asks again only for those that did not get through. */
public final class ChunkHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final AwsApplication application;

  /** Called by Lambda, once per environment. */
  public ChunkHandler() {
    this(AwsApplication.start());
  }

  ChunkHandler(AwsApplication application) {
    this.application = application;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return application.run(
        "chunk",
        context,
        () ->
            SqsBatches.response(
                application
                    .core()
                    .chunks(SqsBatches.deliveries(event), application.deadline(context))));
  }
}
