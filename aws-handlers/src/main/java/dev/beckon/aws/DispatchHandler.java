package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.beckon.app.Application;
import java.time.Clock;

/**
 * Dispatches queued parcels, of either lane; asks again only for those the queue must deliver
 * again.
 */
public final class DispatchHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final AwsApplication application;

  /** Called by Lambda, once per environment. */
  public DispatchHandler() {
    this(AwsApplication.start());
  }

  /** For a host that has started the core itself. */
  public DispatchHandler(Application core, Clock clock) {
    this(AwsApplication.of(core, clock));
  }

  DispatchHandler(AwsApplication application) {
    this.application = application;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return application.run(
        "dispatch",
        context,
        () ->
            SqsBatches.response(
                application
                    .core()
                    .dispatch(SqsBatches.deliveries(event), application.deadline(context))));
  }
}
