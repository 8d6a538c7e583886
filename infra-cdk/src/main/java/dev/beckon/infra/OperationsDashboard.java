package dev.beckon.infra;

import dev.beckon.telemetry.Metric;
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
        graph(
            "Invitations",
            own(
                observability,
                "Sum",
                Metric.ACCEPTED,
                Metric.SENT,
                Metric.FAILED,
                Metric.DEFERRED)),
        graph("In doubt and dead", own(observability, "Sum", Metric.IN_DOUBT, Metric.DEAD)),
        graph("Oldest parcel, s", own(observability, "Maximum", Metric.OLDEST_PARCEL_AGE)));
    dashboard.addWidgets(
        graph("Vendor's answer, ms", own(observability, "Average", Metric.VENDOR_LATENCY)),
        graph("A parcel's wait, s", own(observability, "Maximum", Metric.PARCEL_AGE)),
        graph(
            "HTTP", own(observability, "Sum", Metric.API_REQUESTS, Metric.API_4XX, Metric.API_5XX)),
        graph("HTTP, ms", own(observability, "Average", Metric.API_LATENCY)));
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
      Observability observability, String statistic, Metric... metrics) {
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
