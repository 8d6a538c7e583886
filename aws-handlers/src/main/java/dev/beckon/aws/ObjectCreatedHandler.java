package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.Set;

/** Imports files dropped in the bucket, however S3 tells of them, and wakes waiting imports. */
public final class ObjectCreatedHandler implements RequestStreamHandler {
  private final AwsApplication application;

  /** Called by Lambda, once per environment. */
  public ObjectCreatedHandler() {
    this(AwsApplication.start());
  }

  ObjectCreatedHandler(AwsApplication application) {
    this.application = application;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    application.run(
        "file-drop",
        context,
        () -> {
          take(input, output, context);
          return null;
        });
  }

  private void take(InputStream input, OutputStream output, Context context) throws IOException {
    ObjectEvents events = ObjectEvents.decode(EventJson.read(input), application.notifications());
    Set<String> again = new LinkedHashSet<>(events.rejected());
    if (!events.keys().isEmpty() || !events.hints().isEmpty()) {
      again.addAll(
          application
              .core()
              .fileDrop(events.keys(), events.hints(), application.deadline(context)));
    }
    EventJson.write(output, events.response(again));
  }
}
