package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.beckon.app.Delivery;
import java.util.List;

/** Dispatches a queued parcel, of either lane. */
public final class DispatchFunction {
  private final AzureApplication application;

  DispatchFunction(AzureApplication application) {
    this.application = application;
  }

  @FunctionName(AzureFunctions.DISPATCH_PRIORITY)
  public void priority(
      @QueueTrigger(
              name = "message",
              queueName = QueueNames.PRIORITY,
              connection = AzureFunctions.CONNECTION)
          String message,
      @BindingName("Id") String id,
      ExecutionContext context) {
    dispatch(message, id, context);
  }

  @FunctionName(AzureFunctions.DISPATCH_BULK)
  public void bulk(
      @QueueTrigger(
              name = "message",
              queueName = QueueNames.BULK,
              connection = AzureFunctions.CONNECTION)
          String message,
      @BindingName("Id") String id,
      ExecutionContext context) {
    dispatch(message, id, context);
  }

  private void dispatch(String message, String id, ExecutionContext context) {
    application.message(
        "dispatch",
        context,
        () ->
            application
                .core()
                .dispatch(List.of(new Delivery(id, message)), application.deadline(Times.SHORT)));
  }
}
