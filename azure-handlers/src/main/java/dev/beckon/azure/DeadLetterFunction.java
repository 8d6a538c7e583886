package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;

/** Judges a message that ten receives did not settle, of each queue. */
public final class DeadLetterFunction {
  private static final String STORAGE = AzureFunctions.CONNECTION;
  private static final String FILES = QueueNames.FILES + QueueNames.POISON;
  private static final String CHUNKS = QueueNames.CHUNKS + QueueNames.POISON;
  private static final String PRIORITY = QueueNames.PRIORITY + QueueNames.POISON;
  private static final String BULK = QueueNames.BULK + QueueNames.POISON;

  private final AzureApplication application;

  DeadLetterFunction(AzureApplication application) {
    this.application = application;
  }

  @FunctionName(AzureFunctions.DEAD_LETTER_FILES)
  public void files(
      @QueueTrigger(name = "message", queueName = FILES, connection = STORAGE) String message,
      ExecutionContext context) {
    application.message("dead-letter", context, message, application::judge);
  }

  @FunctionName(AzureFunctions.DEAD_LETTER_CHUNKS)
  public void chunks(
      @QueueTrigger(name = "message", queueName = CHUNKS, connection = STORAGE) String message,
      ExecutionContext context) {
    application.message("dead-letter", context, message, application::judge);
  }

  @FunctionName(AzureFunctions.DEAD_LETTER_PRIORITY)
  public void priority(
      @QueueTrigger(name = "message", queueName = PRIORITY, connection = STORAGE) String message,
      ExecutionContext context) {
    application.message("dead-letter", context, message, application::judge);
  }

  @FunctionName(AzureFunctions.DEAD_LETTER_BULK)
  public void bulk(
      @QueueTrigger(name = "message", queueName = BULK, connection = STORAGE) String message,
      ExecutionContext context) {
    application.message("dead-letter", context, message, application::judge);
  }
}
