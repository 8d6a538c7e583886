package dev.beckon.infra;

import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpRoute;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteKey;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.IAccessLogDestination;
import software.amazon.awscdk.services.apigatewayv2.IAccessLogSettings;
import software.amazon.awscdk.services.apigatewayv2.LogGroupLogDestination;
import software.amazon.awscdk.services.apigatewayv2.PayloadFormatVersion;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The HTTP API in front of the function that answers requests. */
final class HttpDoor extends Construct {
  private final HttpApi api;
  private final String publicUrl;

  HttpDoor(Construct scope, String id, Settings settings) {
    super(scope, id);
    api =
        HttpApi.Builder.create(this, "Api")
            .apiName(settings.stackName())
            .description(
                "Links in messages, vendors' feedback and the API of " + settings.stackName())
            .createDefaultStage(false)
            .build();
    LogGroup log =
        LogGroup.Builder.create(this, "AccessLog")
            .logGroupName("/aws/http-api/" + settings.stackName())
            .retention(settings.profile().logs())
            .removalPolicy(settings.profile().removal())
            .build();
    HttpStage.Builder.create(this, "Stage")
        .httpApi(api)
        .stageName("$default")
        .autoDeploy(true)
        .detailedMetricsEnabled(true)
        .throttle(
            ThrottleSettings.builder()
                .rateLimit(settings.profile().httpRate())
                .burstLimit(settings.profile().httpBurst())
                .build())
        .accessLogSettings(new AccessLog(log))
        .build();
    publicUrl = settings.publicUrl().orElse(api.getApiEndpoint());
  }

  /**
   * Leads every request to a function, preflights of browsers included: the gateway's own CORS
   * would answer them in the function's place.
   */
  void answeredBy(BeckonFunction http) {
    HttpRoute everything =
        HttpRoute.Builder.create(this, "Everything")
            .httpApi(api)
            .routeKey(HttpRouteKey.DEFAULT)
            .integration(
                HttpLambdaIntegration.Builder.create("Function", http.alias())
                    .payloadFormatVersion(PayloadFormatVersion.VERSION_2_0)
                    .build())
            .build();
    Accepted.finding(
        everything,
        "AwsSolutions-APIG4",
        "The function decides by itself: links carry an unguessable token and need no sign-in"
            + " (RFC 8058), feedback is signed by its vendor, the API asks for keys of its own.");
  }

  HttpApi api() {
    return api;
  }

  /** The address that links begin with, without a slash at its end. */
  String publicUrl() {
    return publicUrl;
  }

  /** Neither path nor query: the path of a link holds its token, which stands for a person. */
  private static final class AccessLog implements IAccessLogSettings {
    private final LogGroup log;

    AccessLog(LogGroup log) {
      this.log = log;
    }

    @Override
    public IAccessLogDestination getDestination() {
      return new LogGroupLogDestination(log);
    }

    @Override
    public AccessLogFormat getFormat() {
      return AccessLogFormat.custom(
          "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\","
              + "\"method\":\"$context.httpMethod\",\"status\":\"$context.status\","
              + "\"latencyMs\":\"$context.responseLatency\",\"bytes\":\"$context.responseLength\","
              + "\"error\":\"$context.integrationErrorMessage\"}");
    }
  }
}
