package dev.beckon.infra;

import dev.beckon.aws.telemetry.EmfLines;
import dev.beckon.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** The alarms, and the topic that tells of them. */
final class Observability extends Construct {
  private static final Duration PERIOD = Duration.minutes(5);

  private final String name;
  private final Topic topic;
  private final List<Alarm> alarms = new ArrayList<>();

  Observability(Construct scope, String id, Settings settings, Keys keys) {
    super(scope, id);
    name = settings.stackName();
    topic =
        Topic.Builder.create(this, "Alarms")
            .topicName(name + "-alarms")
            .displayName("Beckon " + name)
            .masterKey(keys.key())
            .enforceSsl(true)
            .build();
    // a policy of one's own replaces the topic's first one, by which alarms could publish
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("Alarms")
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(
                Map.of("StringEquals", Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
            .build());
    settings.alarmEmail().ifPresent(to -> topic.addSubscription(new EmailSubscription(to)));
  }

  /** Watches a queue: what has lain too long, and what nobody could settle. */
  void watch(DispatchLane lane, Duration oldest) {
    alarm(
        lane.label() + "-waiting",
        lane.queue().metricApproximateAgeOfOldestMessage(every("Maximum")),
        oldest.toSeconds().intValue(),
        3,
        "The oldest hint waits longer than "
            + oldest.toMinutes()
            + " min. Look at the function's errors, then at the store.");
    alarm(
        lane.label() + "-dead-letters",
        lane.deadLetters().metricApproximateNumberOfMessagesVisible(every("Maximum")),
        1,
        1,
        "Dead letters lie unread: the function that judges them does not get to them.");
  }

  /** Watches a function: errors and calls that Lambda turned away. */
  void watch(BeckonFunction function) {
    String label = FunctionShape.of(function.entryPoint()).label();
    alarm(
        label + "-errors",
        function.alias().metricErrors(every("Sum")),
        1,
        3,
        "Calls have failed for 15 min. The function's log tells why.");
    alarm(
        label + "-throttles",
        function.alias().metricThrottles(every("Sum")),
        1,
        3,
        "Lambda turns calls away: the account's limit of concurrent executions is reached.");
  }

  /** Watches the function of dead letters: each call of it is a message ten receives failed. */
  void watchDeadLetters(BeckonFunction undertaker) {
    alarm(
        "dead-letters",
        undertaker.alias().metricInvocations(every("Sum")),
        1,
        1,
        "A message was received ten times without success. ./beckon doctor tells what waits, the log"
            + " of the function dead-letter what became of it.");
  }

  /** Watches what the functions report of the work itself. */
  void watchWork() {
    alarm(
        "oldest-parcel",
        own(Metric.OLDEST_PARCEL_AGE, "Maximum"),
        3600,
        3,
        "A parcel has been due for an hour.");
    alarm(
        "import-stuck",
        own(Metric.IMPORT_STUCK, "Maximum"),
        1,
        2,
        "An import came to a stop. ./beckon imports list");
    alarm(
        "in-doubt",
        own(Metric.IN_DOUBT, "Sum"),
        1,
        1,
        "Requests were written and not answered. ./beckon find --state in_doubt");
    alarm(
        "dead",
        own(Metric.DEAD, "Sum"),
        1,
        1,
        "Invitations used up their attempts. ./beckon find --state dead");
    alarm("api-5xx", own(Metric.API_5XX, "Sum"), 5, 2, "The HTTP door fails.");
  }

  private Alarm alarm(String label, IMetric metric, int threshold, int periods, String meaning) {
    Alarm alarm =
        Alarm.Builder.create(this, label)
            .alarmName(name + "-" + label)
            .alarmDescription(meaning)
            .metric(metric)
            .threshold(threshold)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .evaluationPeriods(periods)
            .datapointsToAlarm(periods)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
    alarms.add(alarm);
    return alarm;
  }

  /** A figure of the functions' own. */
  IMetric own(Metric metric, String statistic) {
    return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
        .namespace(EmfLines.NAMESPACE)
        .metricName(metric.label())
        .dimensionsMap(Map.of(EmfLines.INSTALLATION, name))
        .statistic(statistic)
        .period(PERIOD)
        .build();
  }

  private static MetricOptions every(String statistic) {
    return MetricOptions.builder().period(PERIOD).statistic(statistic).build();
  }

  Topic topic() {
    return topic;
  }

  List<Alarm> alarms() {
    return List.copyOf(alarms);
  }
}
