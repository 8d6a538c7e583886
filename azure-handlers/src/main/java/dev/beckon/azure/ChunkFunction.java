package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import java.util.List;

/** Accepts the rows of a queued chunk. */
public final class ChunkFunction {
  private final AzureApplication application;

  ChunkFunction(AzureApplication application) {
    this.application = application;
  }

  @FunctionName(AzureFunctions.CHUNK)
  public void chunk(
      @QueueTrigger(
              name = "message",
              queueName = QueueNames.CHUNKS,
              connection = AzureFunctions.CONNECTION)
          String message,
      ExecutionContext context) {
    application.message(
        "chunk",
        context,
        message,
        delivery ->
            application
                .core()
                .chunks(List.of(delivery), application.deadline(AzureApplication.SHORT)));
  }
}
