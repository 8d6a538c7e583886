package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.BindingName;
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
      @BindingName("Id") String id,
      ExecutionContext context) {
    application.message("file-drop", context, () -> take(new Delivery(id, message)));
  }

  private Set<String> take(Delivery delivery) {
    FileMessage told = FileMessage.decode(delivery, application.bucket());
    return told.isEmpty()
        ? Set.of()
        : application.core().fileDrop(told.keys(), told.hints(), application.deadline(Times.FILE));
  }
}
