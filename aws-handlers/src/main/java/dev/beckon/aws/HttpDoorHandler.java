package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.beckon.api.RawRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

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
    application.run("http", context, () -> answer(input, output));
  }

  private @Nullable Void answer(InputStream input, OutputStream output) throws IOException {
    RawRequest request = HttpEvents.request(EventJson.read(input));
    EventJson.write(output, HttpEvents.response(application.core().webDoor().answer(request)));
    return null;
  }
}
