package dev.beckon.azure.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.telemetry.Meter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AzureTelemetryTest {

  private static RuntimeConfig metrics(String value) {
    Map<String, String> environment = new HashMap<>();
    for (String name :
        List.of(
            "MONGO_URI",
            "BUCKET",
            "FILES_QUEUE",
            "CHUNK_QUEUE",
            "PRIORITY_QUEUE",
            "BULK_QUEUE",
            "SECRETS")) {
      environment.put("BECKON_" + name, "x");
    }
    environment.put("BECKON_PUBLIC_URL", "https://beckon.example");
    environment.put("BECKON_METRICS", value);
    return RuntimeConfig.of(environment);
  }

  @Test
  void of_figuresAsked_makesAMeter() {
    assertThat(AzureTelemetry.of(metrics("log")).meter()).isInstanceOf(LogMeter.class);
    assertThat(AzureTelemetry.of(metrics("none")).meter()).isSameAs(Meter.NONE);
  }

  @Test
  void of_figuresForAws_isRefusedWithTheRemedy() {
    assertThatThrownBy(() -> AzureTelemetry.of(metrics("emf")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("BECKON_METRICS must be none or log on Azure");
  }
}
