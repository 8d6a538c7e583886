package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.beckon.app.Application;
import dev.beckon.app.UnknownEventException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;

/**
 * Runs on a timer: due parcels, expired claims, waiting imports. It reads its event itself, since
 * the detail of a schedule is an object in a rule's event and a text in EventBridge Scheduler's,
 * which no event type of the runtime takes.
 */
public final class SweepHandler implements RequestStreamHandler {
  private final AwsApplication application;

  /** Called by Lambda, once per environment. */
  public SweepHandler() {
    this(AwsApplication.start());
  }

  /** For a host that has started the core itself. */
  public SweepHandler(Application core, Clock clock) {
    this(AwsApplication.of(core, clock));
  }

  SweepHandler(AwsApplication application) {
    this.application = application;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    application.run(
        "sweep",
        context,
        () -> {
          JsonNode event = EventJson.read(input);
          if (!"Scheduled Event".equals(event.path("detail-type").textValue())) {
            throw new UnknownEventException("EventBridge's 'Scheduled Event'", event);
          }
          application.core().sweep(application.deadline(context));
          EventJson.write(output, NullNode.getInstance());
          return null;
        });
  }
}
