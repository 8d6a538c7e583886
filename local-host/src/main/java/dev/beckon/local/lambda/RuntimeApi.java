package dev.beckon.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.local.lambda.FunctionErrorException.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP interface between Lambda and one function's process: the process asks for the next event
 * and posts what became of it. One event at a time. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">the runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final String functionArn;
  private final HttpServer server;

  /** Empty when there will be no more. */
  private final BlockingQueue<Optional<Event>> events = new LinkedBlockingQueue<>();

  private final CompletableFuture<@Nullable Void> checkpointed = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> restoring = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
  private volatile @Nullable Event current;
  private volatile @Nullable FunctionErrorException end;

  private record Event(
      String requestId, String json, Instant deadline, CompletableFuture<String> answer) {}

  /** Listens on a free port of loopback. */
  RuntimeApi(String functionArn) throws IOException {
    this.functionArn = functionArn;
    this.server =
        ServerBootstrap.bootstrap()
            .setLocalAddress(InetAddress.getLoopbackAddress())
            .setListenerPort(0)
            .setSocketConfig(
                SocketConfig.custom()
                    // with Nagle's algorithm each invocation would wait 40 ms for an
                    // acknowledgement
                    .setTcpNoDelay(true)
                    // between asking for an event and posting its result lies a whole invocation
                    .setSoTimeout(Timeout.DISABLED)
                    .build())
            .setRequestRouter((request, context) -> (in, out, any) -> handle(in, out))
            .setExceptionListener(new IgnoredBreaks())
            .create();
    server.start();
  }

  /** Value of {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /**
   * Done when the handler was made and the first event is asked for; fails with what it reports.
   */
  CompletableFuture<@Nullable Void> ready() {
    return ready;
  }

  /** Done when a function with SnapStart is to be frozen. */
  CompletableFuture<@Nullable Void> checkpointed() {
    return checkpointed;
  }

  /** Lets a function with SnapStart go on after its checkpoint. */
  void restore() {
    restoring.complete(null);
  }

  /** Hands an event over; done with the result or with what is reported instead. */
  CompletableFuture<String> invoke(String eventJson, Instant deadline) {
    Event event =
        new Event(UUID.randomUUID().toString(), eventJson, deadline, new CompletableFuture<>());
    events.add(Optional.of(event));
    FunctionErrorException last = end;
    if (last != null) {
      event.answer().completeExceptionally(last);
    }
    return event.answer();
  }

  /** The process ended: whatever is waited for will not come. */
  void ended(int exitCode) {
    FunctionErrorException exit =
        new FunctionErrorException(
            ready.isDone() ? Phase.INVOKE : Phase.INIT,
            "Runtime.ExitError",
            "Runtime.ExitError",
            "the process ended with exit code " + exitCode);
    // before waiting events are failed: one that comes between is failed by its sender
    end = exit;
    fail(exit);
  }

  private void fail(FunctionErrorException error) {
    checkpointed.completeExceptionally(error);
    ready.completeExceptionally(error);
    Event running = current;
    if (running != null) {
      running.answer().completeExceptionally(error);
    }
    List<Optional<Event>> waiting = new ArrayList<>();
    events.drainTo(waiting);
    waiting.forEach(event -> event.ifPresent(one -> one.answer().completeExceptionally(error)));
  }

  private void handle(ClassicHttpRequest request, ClassicHttpResponse response)
      throws IOException, HttpException {
    String path = request.getPath();
    if (!path.startsWith(ROOT)) {
      response.setCode(404);
      return;
    }
    try {
      switch (path.substring(ROOT.length())) {
        case "invocation/next" -> next(response);
        case "restore/next" -> restored(response);
        case "init/error" -> report(Phase.INIT, request, response);
        case "restore/error" -> report(Phase.RESTORE, request, response);
        default -> result(path.substring(ROOT.length()), request, response);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      response.setCode(410);
    }
  }

  private void next(ClassicHttpResponse response) throws InterruptedException {
    ready.complete(null);
    Optional<Event> coming = events.take();
    if (coming.isEmpty()) {
      response.setCode(410);
      return;
    }
    Event event = coming.get();
    current = event;
    response.setCode(200);
    response.setHeader("Lambda-Runtime-Aws-Request-Id", event.requestId());
    response.setHeader("Lambda-Runtime-Deadline-Ms", event.deadline().toEpochMilli());
    response.setHeader("Lambda-Runtime-Invoked-Function-Arn", functionArn);
    response.setHeader("Lambda-Runtime-Trace-Id", traceId(event.deadline()));
    response.setEntity(new StringEntity(event.json(), ContentType.APPLICATION_JSON));
  }

  private void restored(ClassicHttpResponse response) {
    checkpointed.complete(null);
    restoring.join();
    response.setCode(200);
  }

  private void result(String path, ClassicHttpRequest request, ClassicHttpResponse response)
      throws IOException, HttpException {
    Event event = current;
    if (event == null || !path.startsWith("invocation/" + event.requestId() + "/")) {
      response.setCode(400);
      return;
    }
    switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "response" -> {
        event.answer().complete(body(request));
        response.setCode(202);
      }
      case "error" -> report(Phase.INVOKE, request, response);
      default -> response.setCode(404);
    }
  }

  private void report(Phase phase, ClassicHttpRequest request, ClassicHttpResponse response)
      throws IOException, HttpException {
    Header category = request.getFirstHeader("Lambda-Runtime-Function-Error-Type");
    JsonNode body = json(body(request));
    FunctionErrorException error =
        new FunctionErrorException(
            phase,
            category == null ? "" : category.getValue(),
            body.path("errorType").asText(""),
            body.path("errorMessage").asText(""));
    Event running = current;
    if (phase == Phase.INVOKE && running != null) {
      running.answer().completeExceptionally(error);
    } else {
      fail(error);
    }
    response.setCode(202);
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  private static String body(ClassicHttpRequest request) throws IOException, HttpException {
    return request.getEntity() == null
        ? ""
        : EntityUtils.toString(request.getEntity(), StandardCharsets.UTF_8);
  }

  /** A root that is not sampled, in the form of X-Ray. */
  private static String traceId(Instant at) {
    String random = UUID.randomUUID().toString().replace("-", "");
    return "Root=1-%08x-%s;Parent=%s;Sampled=0"
        .formatted(at.getEpochSecond(), random.substring(0, 24), random.substring(16));
  }

  @Override
  public void close() {
    restoring.complete(null);
    events.add(Optional.empty());
    server.close(CloseMode.IMMEDIATE);
  }
}
