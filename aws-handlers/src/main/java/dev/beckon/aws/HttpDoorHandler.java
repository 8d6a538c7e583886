package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.beckon.api.WebReply;
import dev.beckon.api.WebRequest;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers HTTP requests of an API Gateway HTTP API or a function URL, in <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">payload
 * format 2.0</a>.
 */
public final class HttpDoorHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final AwsApplication application;

  /** Called by Lambda, once per environment. */
  public HttpDoorHandler() {
    this(AwsApplication.start());
  }

  HttpDoorHandler(AwsApplication application) {
    this.application = application;
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return application.run("http", context, () -> answer(event));
  }

  private APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
    WebReply reply =
        application
            .core()
            .webDoor()
            .answer(
                new WebRequest(
                    event.getRequestContext().getHttp().getMethod(),
                    event.getRequestContext().getHttp().getPath()));
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.put("Content-Type", reply.contentType());
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(reply.status())
        .withHeaders(headers)
        .withBody(reply.body())
        .build();
  }
}
