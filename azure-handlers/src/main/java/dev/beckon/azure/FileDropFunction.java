package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.beckon.app.Delivery;
import java.util.Set;

/** Imports a file dropped in the container or the bucket, and wakes waiting imports. */
public final class FileDropFunction {
  private final AzureApplication application;

  FileDropFunction(AzureApplication application) {
    this.application = application;
  }

  @FunctionName(AzureFunctions.FILE_DROP)
  public void fileDrop(
      @QueueTrigger(
              name = "message",
              queueName = QueueNames.FILES,
              connection = AzureFunctions.CONNECTION)
          String message,
      ExecutionContext context) {
    application.message("file-drop", context, message, this::take);
  }

  private Set<String> take(Delivery delivery) {
    FileMessages.Told told = application.files().decode(delivery);
    return told.isNothing()
        ? Set.of()
        : application
            .core()
            .fileDrop(told.keys(), told.hints(), application.deadline(AzureApplication.FILE));
  }
}
