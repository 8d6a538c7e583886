package dev.beckon.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.otel.Collector.Arrived;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.telemetry.Tracer.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OtelTracerTest {
  private static final String CALLED = "5759e988bd862e3fe1be46a994272793/53995c3f42cd8ad8/1";

  private static final CloudHost HOST =
      new CloudHost("cloud", "cloud_functions", OtelTracerTest::caller);

  private Collector collector;
  private OtelTracer tracer;

  @BeforeEach
  void start() throws IOException {
    collector = new Collector();
    tracer = OtelTracer.to(collector.url(), "beckon-dev", HOST);
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  @Test
  void flush_invocationWithParts_arriveAsOneTraceUnderItsCaller() throws InterruptedException {
    Telemetry telemetry = new Telemetry(Meter.NONE, tracer);
    try (Telemetry.Work invocation =
        telemetry.invocation(
            "dispatch", CALLED, Map.of(Tag.FUNCTION, "f", Tag.REQUEST_ID, "r-1"))) {
      telemetry.run(
          "parcel",
          Map.of(Tag.PARCEL, "b1.0.0"),
          () -> {
            Thread sender =
                Thread.ofVirtual()
                    .unstarted(
                        telemetry.carried(
                            () -> telemetry.span("vendor-call", Map.of(), 7).close()));
            sender.start();
            join(sender);
          });
      invocation.failed(new IllegalStateException("words that say nothing to anybody"));
    }

    assertThat(collector.paths()).containsOnly("/v1/traces");
    List<Arrived> spans = collector.spans();
    assertThat(spans)
        .extracting(Arrived::name)
        .containsExactly("vendor-call", "parcel", "dispatch");
    assertThat(spans).extracting(Arrived::trace).containsOnly("5759e988bd862e3fe1be46a994272793");
    Arrived call = spans.get(0);
    Arrived parcel = spans.get(1);
    Arrived root = spans.get(2);
    assertThat(call.parent()).isEqualTo(parcel.id());
    assertThat(parcel.parent()).isEqualTo(root.id());
    assertThat(root.parent()).isEqualTo("53995c3f42cd8ad8");
    assertThat(call.about()).containsExactlyEntriesOf(Map.of("beckon.rows", "7"));
    assertThat(parcel.about()).containsExactlyEntriesOf(Map.of("beckon.parcel", "b1.0.0"));
    assertThat(root.about())
        .containsOnly(Map.entry("faas.name", "f"), Map.entry("faas.invocation_id", "r-1"));
    assertThat(root.error()).isEqualTo("java.lang.IllegalStateException");
    assertThat(parcel.error()).isEmpty();
    assertThat(collector.raw()).contains("beckon-dev").doesNotContain("words that say nothing");
  }

  @Test
  void root_notSampledByItsCaller_sendsNothing() {
    tracer.root("sweep", CALLED.replace("/1", "/0"), Map.of()).close();
    tracer.flush();

    assertThat(collector.paths()).isEmpty();
  }

  @Test
  void root_nothingSaidOfACaller_beginsATraceOfItsOwn() {
    Set<String> traces = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      tracer.root("sweep", "", Map.of()).close();
    }
    tracer.flush();

    collector.spans().forEach(span -> traces.add(span.trace()));
    assertThat(traces).hasSize(3);
    assertThat(collector.spans()).allMatch(span -> span.parent().isEmpty());
  }

  @Test
  void begin_moreThanATraceShouldHold_areLeftOut() {
    Span other = tracer.root("sweep", "", Map.of());
    Span root = tracer.root("dispatch", CALLED, Map.of());
    for (int call = 0; call < 2 * OtelTracer.MOST_SPANS; call++) {
      tracer.begin("vendor-call", Map.of()).close();
    }
    root.close();
    tracer.flush();

    assertThat(collector.spans()).hasSize(OtelTracer.MOST_SPANS);
    assertThat(collector.spans().getLast().name()).isEqualTo("dispatch");

    tracer.begin("parcel", Map.of()).close();
    other.close();
    tracer.flush();

    assertThat(collector.spans().subList(OtelTracer.MOST_SPANS, OtelTracer.MOST_SPANS + 2))
        .as("of another invocation under way")
        .extracting(Arrived::name)
        .containsExactly("parcel", "sweep");
  }

  @Test
  void flush_collectorRefusesOrIsAway_endsInTime() throws IOException {
    collector.answer(503);
    tracer.root("sweep", CALLED, Map.of()).close();
    assertThat(time(tracer::flush)).isLessThan(OtelTracer.FLUSH.plusSeconds(3));

    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      OtelTracer unheard =
          OtelTracer.to(URI.create("http://127.0.0.1:" + silent.getLocalPort()), "x", HOST);
      unheard.root("sweep", CALLED, Map.of()).close();
      assertThat(time(unheard::flush)).isLessThan(OtelTracer.FLUSH.plusSeconds(3));
    }
  }

  private static Caller caller(String text) {
    if (text.isEmpty()) {
      return new Caller("", "", false);
    }
    String[] parts = text.split("/", -1);
    return new Caller(parts[0], parts[1], parts[2].equals("1"));
  }

  private static Duration time(Runnable work) {
    long begun = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
