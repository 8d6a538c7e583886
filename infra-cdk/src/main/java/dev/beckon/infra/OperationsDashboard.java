package dev.beckon.infra;

import java.util.List;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/** One page for whoever is on duty: alarms, the work, the queues, the functions. */
final class OperationsDashboard extends Construct {
  OperationsDashboard(
      Construct scope,
      String id,
      Settings settings,
      Observability observability,
      List<DispatchLane> lanes,
      List<BeckonFunction> functions) {
    super(scope, id);
    Dashboard dashboard =
        Dashboard.Builder.create(this, "Dashboard").dashboardName(settings.stackName()).build();
    dashboard.addWidgets(
        AlarmStatusWidget.Builder.create()
            .title("Alarms")
            .alarms(List.copyOf(observability.alarms()))
            .width(24)
            .height(4)
            .build());
    dashboard.addWidgets(
        graph("Invitations", own(observability, "Sum", "Accepted", "Sent", "Failed", "Deferred")),
        graph("In doubt and dead", own(observability, "Sum", "InDoubt", "Dead")),
        graph("Oldest parcel, s", own(observability, "Maximum", "OldestParcelAge")));
    dashboard.addWidgets(
        graph(
            "Messages on queues",
            lanes.stream()
                .<IMetric>map(lane ->
                    lane.queue().metricApproximateNumberOfMessagesVisible(labelled(lane.label())))
                .toList()),
        graph(
            "Oldest message, s",
            lanes.stream()
                .<IMetric>map(lane ->
                    lane.queue().metricApproximateAgeOfOldestMessage(labelled(lane.label())))
                .toList()),
        graph(
            "Dead letters",
            lanes.stream()
                .<IMetric>map(lane ->
                    lane.deadLetters()
                        .metricApproximateNumberOfMessagesVisible(labelled(lane.label())))
                .toList()));
    dashboard.addWidgets(
        graph(
            "Calls",
            functions.stream()
                .<IMetric>map(one -> one.alias().metricInvocations(labelled(label(one))))
                .toList()),
        graph(
            "Errors",
            functions.stream()
                .<IMetric>map(one -> one.alias().metricErrors(labelled(label(one))))
                .toList()),
        graph(
            "Duration, ms",
            functions.stream()
                .<IMetric>map(one -> one.alias().metricDuration(labelled(label(one))))
                .toList()));
  }

  private static String label(BeckonFunction function) {
    return FunctionShape.of(function.entryPoint()).label();
  }

  private static List<IMetric> own(
      Observability observability, String statistic, String... metrics) {
    return List.of(metrics).stream()
        .<IMetric>map(metric -> observability.own(metric, statistic))
        .toList();
  }

  private static MetricOptions labelled(String label) {
    return MetricOptions.builder().label(label).build();
  }

  private static IWidget graph(String title, List<IMetric> left) {
    return GraphWidget.Builder.create().title(title).left(left).width(8).height(6).build();
  }
}
