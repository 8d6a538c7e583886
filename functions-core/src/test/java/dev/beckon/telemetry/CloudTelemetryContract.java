package dev.beckon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RequiredSettings;
import dev.beckon.config.RuntimeConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where every cloud lets figures go, by {@code BECKON_METRICS}. */
public abstract class CloudTelemetryContract {

  /** As this cloud reads the configuration. */
  protected abstract Telemetry telemetry(RuntimeConfig config);

  /** The value by which this cloud takes figures. */
  protected abstract String ownFigures();

  /** A value of another cloud. */
  protected abstract String foreignFigures();

  /** How an operator is told what this cloud takes. */
  protected abstract String remedy();

  private Telemetry metrics(String value) {
    Map<String, String> environment = RequiredSettings.environment();
    environment.put("BECKON_METRICS", value);
    return telemetry(RuntimeConfig.of(environment));
  }

  @Test
  void contract_figuresAsked_areAddedUp() {
    assertThat(metrics(ownFigures()).meter()).isInstanceOf(Tally.class);
    assertThat(metrics("none").meter()).isSameAs(Meter.NONE);
  }

  @Test
  void contract_figuresForAnotherCloud_areRefusedWithTheRemedy() {
    assertThatThrownBy(() -> metrics(foreignFigures()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(remedy());
  }
}
