package dev.beckon.azure.telemetry;

import dev.beckon.config.RuntimeConfig;
import dev.beckon.telemetry.CloudTelemetryContract;
import dev.beckon.telemetry.Telemetry;

class AzureTelemetryTest extends CloudTelemetryContract {

  @Override
  protected Telemetry telemetry(RuntimeConfig config) {
    return AzureTelemetry.of(config);
  }

  @Override
  protected String ownFigures() {
    return "log";
  }

  @Override
  protected String foreignFigures() {
    return "emf";
  }

  @Override
  protected String remedy() {
    return "BECKON_METRICS must be none or log on Azure";
  }
}
