package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.beckon.web.RawRequest;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers HTTP requests that an API Gateway HTTP API or a function URL hands on. */
public final class HttpDoorHandler implements RequestStreamHandler {
  private final AwsApplication application;

  /** Called by Lambda, once per environment. */
  public HttpDoorHandler() {
    this(AwsApplication.start());
  }

  HttpDoorHandler(AwsApplication application) {
    this.application = application;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    application.run(
        "http",
        context,
        () -> {
          RawRequest request = HttpEvents.request(EventJson.read(input));
          EventJson.write(
              output, HttpEvents.response(application.core().webDoor().answer(request)));
          return null;
        });
  }
}
