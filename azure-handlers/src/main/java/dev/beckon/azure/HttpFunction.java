package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/** Answers HTTP requests: all paths that no other function has; the door itself says who may. */
public final class HttpFunction {
  private final AzureApplication application;

  HttpFunction(AzureApplication application) {
    this.application = application;
  }

  @FunctionName(AzureFunctions.HTTP)
  public HttpResponseMessage http(
      @HttpTrigger(
              name = "request",
              methods = {
                HttpMethod.GET,
                HttpMethod.HEAD,
                HttpMethod.POST,
                HttpMethod.PUT,
                HttpMethod.PATCH,
                HttpMethod.DELETE,
                HttpMethod.OPTIONS
              },
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "{*path}")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return application.run(
        "http",
        context,
        () ->
            HttpMessages.response(
                request,
                application
                    .core()
                    .webDoor()
                    .answer(HttpMessages.request(request, context.getInvocationId()))));
  }
}
