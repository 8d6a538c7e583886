package dev.beckon.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.app.EntryPoint;
import dev.beckon.app.Functions;
import dev.beckon.app.FunctionsContract;
import dev.beckon.app.InvocationFailure;
import dev.beckon.app.UnknownEventException;
import dev.beckon.bed.Plant;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The functions, called as Azure's worker calls them. */
class AzureFunctionsTest extends FunctionsContract {
  static final URI CONTAINER = URI.create("https://beckondev.blob.core.windows.net/beckon-files");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** An event as Event Grid publishes it. */
  static ObjectNode event(String name) {
    try (InputStream in =
        Objects.requireNonNull(AzureFunctionsTest.class.getResourceAsStream("/events/" + name))) {
      return (ObjectNode) JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Functions functions(Plant plant) {
    return new OnAzure(
        new AzureApplication(plant.application, plant.clock, new FileMessages(CONTAINER)));
  }

  private record OnAzure(AzureApplication application) implements Functions {

    @Override
    public String created(String key) {
      return event("blob-created.json")
          .put("subject", "/blobServices/default/containers/beckon-files/blobs/" + key)
          .toString();
    }

    @Override
    public String foreign() {
      return event("blob-created.json")
          .put("subject", "/blobServices/default/containers/somebody-elses/blobs/a.csv")
          .toString();
    }

    @Override
    public Set<Integer> deliver(EntryPoint queue, List<String> messages) {
      Set<Integer> again = new LinkedHashSet<>();
      for (int i = 0; i < messages.size(); i++) {
        String message = messages.get(i);
        if (fails(() -> call(queue, wire(message)))) {
          again.add(i);
        }
      }
      return again;
    }

    /** As our queues and Event Grid write, and as the host hands it on. */
    private static String wire(String message) {
      return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
    }

    /** All the host sees of a message that is wanted again; it logs it, so its words count too. */
    private static boolean fails(Runnable invocation) {
      try {
        invocation.run();
        return false;
      } catch (MessageWantedAgain | InvocationFailure | UnknownEventException e) {
        assertThat(e).hasNoCause();
        assertThat(e.getMessage()).doesNotContain("incoming", "mongodb://");
        return true;
      }
    }

    private void call(EntryPoint queue, String message) {
      String name = AzureFunctions.names(queue).getFirst();
      TestContext context = new TestContext(name);
      switch (queue) {
        case FILE_DROP -> new FileDropFunction(application).fileDrop(message, context);
        case CHUNK -> new ChunkFunction(application).chunk(message, context);
        case DISPATCH_PRIORITY -> new DispatchFunction(application).priority(message, context);
        case DISPATCH_BULK -> new DispatchFunction(application).bulk(message, context);
        case SWEEP, DEAD_LETTER, HTTP -> throw new IllegalArgumentException("no queue");
      }
    }

    @Override
    public boolean deadLetter(EntryPoint queue, String message) {
      DeadLetterFunction function = new DeadLetterFunction(application);
      TestContext context = new TestContext("dead-letter");
      return fails(() -> {
        switch (queue) {
          case FILE_DROP -> function.files(wire(message), context);
          case CHUNK -> function.chunks(wire(message), context);
          case DISPATCH_PRIORITY -> function.priority(wire(message), context);
          case DISPATCH_BULK -> function.bulk(wire(message), context);
          case SWEEP, DEAD_LETTER, HTTP -> throw new IllegalArgumentException("no queue");
        }
      });
    }

    @Override
    public void sweep() {
      new SweepFunction(application)
          .sweep("{\"IsPastDue\":false}", new TestContext(AzureFunctions.SWEEP));
    }

    @Override
    public WebReply http(String method, String path, Map<String, String> headers, String body) {
      TestRequest request = TestRequest.of(method, path);
      for (Map.Entry<String, String> header : headers.entrySet()) {
        request = request.with(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
      }
      TestRequest.Reply reply =
          (TestRequest.Reply)
              new HttpFunction(application)
                  .http(
                      body.isEmpty() ? request : request.body(body),
                      new TestContext(AzureFunctions.HTTP));
      return new WebReply(
          reply.getStatus().value(),
          reply.getHeader("Content-Type"),
          (String) reply.getBody(),
          reply.headers);
    }
  }
}
