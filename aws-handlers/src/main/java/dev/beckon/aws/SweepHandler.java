package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import org.jspecify.annotations.Nullable;

/** Runs on a timer: due parcels, expired claims, waiting imports. */
public final class SweepHandler implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private final AwsApplication application;

  /** Called by Lambda, once per environment. */
  public SweepHandler() {
    this(AwsApplication.start());
  }

  SweepHandler(AwsApplication application) {
    this.application = application;
  }

  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, Context context) {
    application.core().sweep(application.deadline(context));
    return null;
  }
}
