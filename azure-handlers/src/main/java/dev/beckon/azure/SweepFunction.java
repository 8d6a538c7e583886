package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;

/** Runs on a timer: due parcels, expired claims, waiting imports. */
public final class SweepFunction {
  private final AzureApplication application;

  SweepFunction(AzureApplication application) {
    this.application = application;
  }

  /** Each minute; the host lets one instance run it at a time. */
  @FunctionName(AzureFunctions.SWEEP)
  public void sweep(
      @TimerTrigger(name = "timer", schedule = "0 * * * * *") String timer,
      ExecutionContext context) {
    application.run(
        "sweep",
        context,
        () -> {
          application.core().sweep(application.deadline(AzureApplication.SHORT));
          return null;
        });
  }
}
