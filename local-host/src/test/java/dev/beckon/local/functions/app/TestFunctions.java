package dev.beckon.local.functions.app;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A function app for the tests of the host; {@code StagedFolder} writes its function.json files.
 */
public final class TestFunctions {
  private final String madeBy;

  TestFunctions(String madeBy) {
    this.madeBy = madeBy;
  }

  /** A queue's. */
  public void work(
      @QueueTrigger(name = "message", queueName = "%QUEUE%", connection = "Store") String message,
      @BindingName("DequeueCount") long count,
      @BindingName("Id") String id,
      ExecutionContext context) {
    Noted.obey(
        message,
        count
            + " "
            + madeBy
            + " "
            + context.getFunctionName()
            + (id.isEmpty() || context.getInvocationId().isEmpty() ? " no id" : ""));
  }

  /** Bytes in, and a message out. */
  public void forward(
      @QueueTrigger(name = "message", queueName = "raw", connection = "Store", dataType = "binary")
          byte[] message,
      @QueueOutput(name = "out", queueName = "forwarded", connection = "Store")
          OutputBinding<byte[]> out) {
    out.setValue(message);
  }

  /** A timer's. */
  public void tick(
      @TimerTrigger(name = "timer", schedule = "*/1 * * * * *") String timer,
      @QueueOutput(name = "out", queueName = "ticks", connection = "Store")
          OutputBinding<String> out) {
    out.setValue(timer);
  }

  /** Tells what it was asked. */
  public HttpResponseMessage echo(
      @HttpTrigger(name = "request", route = "{*path}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("path") String path) {
    return request
        .createResponseBuilder(HttpStatusType.custom(299))
        .header("X-Path", request.getUri().getRawPath())
        .header("X-Query", String.valueOf(request.getUri().getRawQuery()))
        .header("X-Rest", path.getBytes(StandardCharsets.UTF_8).length + "")
        .body(request.getHttpMethod() + " " + request.getBody().orElse("(none)"))
        .build();
  }

  /** The more particular route. */
  public HttpResponseMessage bytes(
      @HttpTrigger(name = "request", route = "in/bytes")
          HttpRequestMessage<Optional<byte[]>> request) {
    return request
        .createResponseBuilder(HttpStatus.OK)
        .body(request.getBody().orElse(new byte[0]))
        .build();
  }

  /** For a method that is there twice. */
  public void twice(String one) {}

  /** For a method that is there twice. */
  public void twice(int one) {}

  /** For a parameter without a binding. */
  public void unbound(String lonely) {}
}
