package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import java.util.List;

/** Dispatches a queued parcel, of either lane. */
public final class DispatchFunction {
  private static final String STORAGE = AzureFunctions.CONNECTION;

  private final AzureApplication application;

  DispatchFunction(AzureApplication application) {
    this.application = application;
  }

  @FunctionName(AzureFunctions.DISPATCH_PRIORITY)
  public void priority(
      @QueueTrigger(name = "message", queueName = QueueNames.PRIORITY, connection = STORAGE)
          String message,
      ExecutionContext context) {
    dispatch(message, context);
  }

  @FunctionName(AzureFunctions.DISPATCH_BULK)
  public void bulk(
      @QueueTrigger(name = "message", queueName = QueueNames.BULK, connection = STORAGE)
          String message,
      ExecutionContext context) {
    dispatch(message, context);
  }

  private void dispatch(String message, ExecutionContext context) {
    application.message(
        "dispatch",
        context,
        message,
        delivery ->
            application
                .core()
                .dispatch(List.of(delivery), application.deadline(AzureApplication.SHORT)));
  }
}
