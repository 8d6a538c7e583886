package dev.beckon.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.constructs.Construct;

/** Runs Sweep every minute. */
final class SweepTimer extends Construct {
  SweepTimer(Construct scope, String id, Settings settings, BeckonFunction sweep) {
    super(scope, id);
    Rule.Builder.create(this, "EveryMinute")
        .description("Runs Sweep of " + settings.stackName())
        .schedule(Schedule.rate(Duration.minutes(1)))
        // a run that is missed or fails is made up for by the next one
        .targets(
            List.of(
                LambdaFunction.Builder.create(sweep.alias())
                    .retryAttempts(0)
                    .maxEventAge(Duration.minutes(1))
                    .build()))
        .build();
    sweep
        .alias()
        .configureAsyncInvoke(
            software.amazon.awscdk.services.lambda.EventInvokeConfigOptions.builder()
                .retryAttempts(0)
                .maxEventAge(Duration.minutes(1))
                .build());
  }
}
