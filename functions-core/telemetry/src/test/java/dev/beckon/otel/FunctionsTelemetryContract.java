package dev.beckon.otel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.app.EntryPoint;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/**
 * What operators see of a cloud's functions at work: lines, figures, traces; and nobody's data in
 * them.
 */
@Timeout(120)
public abstract class FunctionsTelemetryContract {
  protected static final String ADDRESS = "zanzibara.vogel@canary.example";
  private static final String NAME = "Zanzibara";
  private static final String FILE =
      "email,first_name\n" + ADDRESS + "," + NAME + "\nnobody,Nemo\nada@example.org,Ada\n";

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  protected Collector collector;
  protected Plant plant;

  /** As the cloud makes it, with figures turned on; the installation is {@code beckon-dev}. */
  protected abstract Telemetry telemetry(URI collector);

  /** Sets up logging as the cloud does, at level DEBUG, and its functions on the plant. */
  protected abstract void open();

  protected abstract void shut();

  /** Has a queue deliver messages, or the timer run; returns how many are wanted again. */
  protected abstract int invoke(EntryPoint target, List<String> bodies) throws IOException;

  /** The log lines of functions so far. */
  protected abstract List<JsonNode> lines() throws IOException;

  /** The lines of figures so far, each seen to keep the rules of their form. */
  protected abstract List<JsonNode> figures() throws IOException;

  /** Everything written so far, wherever. */
  protected abstract String everything();

  /** What lines call the function. */
  protected abstract String function(EntryPoint target);

  /** What lines call the trace that each invocation is a part of. */
  protected abstract String trace();

  @BeforeEach
  void start() throws IOException {
    collector = new Collector();
    plant = MONGO.plant(telemetry(collector.url()));
    plant.application.configure(Plant.ACCOUNT);
    open();
  }

  @AfterEach
  void stop() {
    shut();
    plant.close();
    collector.close();
  }

  @Test
  void functions_wholeWayOfAFile_tellWhoseWorkItWasAndNobodysData() throws IOException {
    plant.vendor.meanwhile(batch -> {
      throw new IllegalStateException("cannot send to " + ADDRESS);
    });
    Set<InvitationState> ends = Set.of(InvitationState.IN_DOUBT);
    drop();
    List<String> chunks = plant.take(EntryPoint.CHUNK);
    invoke(EntryPoint.CHUNK, chunks);
    invoke(EntryPoint.CHUNK, chunks);
    List<String> parcels = plant.take(EntryPoint.DISPATCH_BULK);
    invoke(EntryPoint.DISPATCH_BULK, parcels);
    invoke(EntryPoint.DISPATCH_BULK, parcels);
    invoke(EntryPoint.SWEEP, List.of());

    String batch = batch();
    Map<InvitationState, Long> stored =
        plant.application.stores().invitations().countByState(batch);
    assertThat(stored.keySet()).isEqualTo(ends);
    assertThat(sum("Accepted")).isEqualTo(2);
    assertThat(sum("Refused")).isEqualTo(1);
    assertThat(sum("ImportRows")).isEqualTo(3);
    assertThat(sum("InDoubt")).isEqualTo(2);

    JsonNode sender = line("threw instead of answering");
    assertThat(sender.path("account").asText()).isEqualTo("acme");
    assertThat(sender.path("dispatch").asText()).isEqualTo("stay");
    assertThat(sender.path("batch").asText()).isEqualTo(batch);
    assertThat(sender.path("parcel").asText()).isEqualTo(batch + ".0.0");
    assertThat(sender.path("vendor").asText()).isEqualTo("scripted");
    assertThat(sender.path("function").asText()).isEqualTo(function(EntryPoint.DISPATCH_BULK));
    assertThat(sender.path("requestId").asText()).startsWith("request-");
    assertThat(sender.path("traceId").asText()).isEqualTo(trace());
    assertThat(sender.path("installation").asText()).isEqualTo("beckon-dev");
    assertThat(line("stored=").path("import").asText()).isEqualTo(batch);
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    assertThat(figures())
        .allSatisfy(line -> {
          assertThat(line.path("installation").asText()).isEqualTo("beckon-dev");
          assertThat(line.path("requestId").asText()).startsWith("request-");
          assertThat(line.path("traceId").asText()).isEqualTo(trace());
        });

    assertThat(collector.spans())
        .extracting(Collector.Arrived::name)
        .contains("chunk", "intake", "dispatch", "parcel", "send", "vendor-call", "sweep");
    assertThat(collector.spans())
        .filteredOn(span -> span.about().containsKey("faas.name"))
        .hasSizeGreaterThanOrEqualTo(5)
        .allSatisfy(span -> {
          assertThat(span.trace()).isEqualTo("5759e988bd862e3fe1be46a994272793");
          assertThat(span.parent()).isEqualTo("53995c3f42cd8ad8");
        });
    assertThat(collector.spans())
        .filteredOn(span -> span.name().equals("vendor-call"))
        .allSatisfy(span -> {
          assertThat(span.error()).isEqualTo("no-reply");
          assertThat(span.about()).containsEntry("beckon.vendor", "scripted");
        });

    List<Invitation> rows = plant.application.stores().invitations().page(batch, ends, "", 10);
    String everything = everything() + collector.raw();
    assertThat(everything).contains(batch).doesNotContain(ADDRESS, NAME, "zanzibara", "guests.csv");
    rows.forEach(row -> assertThat(everything).doesNotContain(row.token(), row.hash()));
  }

  @Test
  void functions_retriesAndRedelivery_addUpToTheStore() throws IOException {
    drop();
    invoke(EntryPoint.CHUNK, plant.take(EntryPoint.CHUNK));
    String batch = batch();
    plant.vendor.answers(
        Invitation.id(batch, 2),
        SendResult.of(SendCode.THROTTLED, "later").retryAfter(Duration.ofMinutes(1)));
    List<String> parcels = plant.take(EntryPoint.DISPATCH_BULK);
    for (int delivery = 0; delivery < 4; delivery++) {
      assertThat(invoke(EntryPoint.DISPATCH_BULK, parcels)).isZero();
      plant.clock.advance(Duration.ofMinutes(5));
    }

    assertThat(plant.application.stores().invitations().countByState(batch))
        .isEqualTo(Map.of(InvitationState.SENT, 2L));
    assertThat(sum("Sent")).isEqualTo(2);
    assertThat(sum("Failed") + sum("Dead") + sum("InDoubt")).isZero();
  }

  private void drop() {
    plant.objects.write("stays/incoming/guests.csv", FILE.getBytes(StandardCharsets.UTF_8));
    plant.application.fileDrop(List.of("stays/incoming/guests.csv"), List.of(), plant.deadline());
  }

  private String batch() {
    return plant.application.stores().imports().newest(1).getFirst().id();
  }

  private JsonNode line(String words) throws IOException {
    return lines().stream()
        .filter(line -> line.path("message").asText().contains(words))
        .findFirst()
        .orElseThrow();
  }

  /** Of one metric, over all lines of figures. */
  private long sum(String metric) throws IOException {
    return figures().stream().mapToLong(line -> line.path(metric).asLong()).sum();
  }
}
