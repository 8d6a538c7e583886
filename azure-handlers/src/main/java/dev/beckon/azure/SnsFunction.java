package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Map;
import java.util.Optional;

/** Takes what SNS tells of files in an S3 bucket, where the installation's files lie in one. */
public final class SnsFunction {
  private static final int NOT_FOUND = 404;

  private final AzureApplication application;

  SnsFunction(AzureApplication application) {
    this.application = application;
  }

  @FunctionName(AzureFunctions.S3_EVENTS)
  public HttpResponseMessage s3Events(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "events/sns")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return application.run(AzureFunctions.S3_EVENTS, context, () -> answer(request));
  }

  private HttpResponseMessage answer(HttpRequestMessage<Optional<String>> request) {
    Map<String, String> headers = request.getHeaders();
    int status =
        application
            .snsDoor()
            .map(door ->
                door.take(
                        HttpMessages.value(headers, "x-amz-sns-message-type"),
                        HttpMessages.value(headers, "x-amz-sns-rawdelivery"),
                        request.getBody().orElse(""))
                    .status())
            .orElse(NOT_FOUND);
    return request.createResponseBuilder(HttpStatusType.custom(status)).build();
  }
}
