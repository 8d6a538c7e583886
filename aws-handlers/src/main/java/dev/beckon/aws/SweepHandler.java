package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.beckon.app.Application;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Runs on a timer: due parcels, expired claims, waiting imports. */
public final class SweepHandler implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private final AwsApplication application;

  /** Called by Lambda, once per environment. */
  public SweepHandler() {
    this(AwsApplication.start());
  }

  /** For a host that has started the core itself. */
  public SweepHandler(Application core, Clock clock) {
    this(new AwsApplication(core, clock));
  }

  SweepHandler(AwsApplication application) {
    this.application = application;
  }

  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, Context context) {
    return application.run(
        "sweep",
        context,
        () -> {
          application.core().sweep(application.deadline(context));
          return null;
        });
  }
}
