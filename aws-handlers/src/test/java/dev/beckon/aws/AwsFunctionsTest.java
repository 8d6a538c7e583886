package dev.beckon.aws;

import static dev.beckon.aws.HandlersBed.JSON;
import static dev.beckon.aws.HandlersBed.call;
import static dev.beckon.aws.HandlersBed.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.app.EntryPoint;
import dev.beckon.app.Functions;
import dev.beckon.app.FunctionsContract;
import dev.beckon.app.InvocationFailure;
import dev.beckon.bed.Plant;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The handlers, called with event JSON as Lambda's runtime calls them. */
class AwsFunctionsTest extends FunctionsContract {

  @Override
  protected Functions functions(Plant plant) {
    return new OnAws(new AwsApplication(plant.application, plant.clock, HandlersBed.BUCKET));
  }

  private record OnAws(AwsApplication application) implements Functions {

    @Override
    public String created(String key) {
      return notification(HandlersBed.BUCKET, key);
    }

    @Override
    public String foreign() {
      return notification("somebody-elses", "a.csv");
    }

    private static String notification(String bucket, String key) {
      ObjectNode event = parsed("sqs-s3.json");
      JsonNode notification = read(event.path("Records").path(0).path("body").asText());
      JsonNode s3 = notification.path("Records").path(0).path("s3");
      ((ObjectNode) s3.path("bucket")).put("name", bucket);
      ((ObjectNode) s3.path("object")).put("key", URLEncoder.encode(key, StandardCharsets.UTF_8));
      ArrayNode records = (ArrayNode) notification.path("Records");
      while (records.size() > 1) {
        records.remove(1);
      }
      return notification.toString();
    }

    @Override
    public Set<Integer> deliver(EntryPoint queue, List<String> messages) {
      return again(
          messages,
          event ->
              switch (queue) {
                case FILE_DROP -> call(new ObjectCreatedHandler(application), event);
                case CHUNK -> call(new ChunkHandler(application), event);
                case DISPATCH_PRIORITY, DISPATCH_BULK ->
                    call(new DispatchHandler(application), event);
                case SWEEP, DEAD_LETTER, HTTP -> throw new IllegalArgumentException("no queue");
              });
    }

    @Override
    public boolean deadLetter(EntryPoint queue, String message) {
      return !again(List.of(message), event -> call(new DeadLetterHandler(application), event))
          .isEmpty();
    }

    private interface Call {
      JsonNode with(String event) throws IOException;
    }

    private static Set<Integer> again(List<String> messages, Call call) {
      ObjectNode event = parsed("sqs-orders.json");
      ArrayNode records = (ArrayNode) event.path("Records");
      ObjectNode pattern = (ObjectNode) records.path(0);
      records.removeAll();
      for (int i = 0; i < messages.size(); i++) {
        records.add(pattern.deepCopy().put("messageId", "m" + i).put("body", messages.get(i)));
      }
      try {
        Set<Integer> again = new LinkedHashSet<>();
        for (JsonNode failed : call.with(event.toString()).path("batchItemFailures")) {
          again.add(Integer.parseInt(failed.path("itemIdentifier").asText().substring(1)));
        }
        return again;
      } catch (InvocationFailure e) {
        // SQS delivers the whole batch again
        return IntStream.range(0, messages.size()).boxed().collect(Collectors.toSet());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void sweep() {
      try {
        call(new SweepHandler(application), event("scheduled.json"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public WebReply http(String method, String path, Map<String, String> sent, String body) {
      ObjectNode event = parsed("function-url.json");
      event.put("rawPath", path).put("rawQueryString", "");
      event.put("body", body).put("isBase64Encoded", false);
      ((ObjectNode) event.path("requestContext").path("http")).put("method", method);
      // an HTTP API writes names of headers in small letters
      sent.forEach((name, value) ->
          ((ObjectNode) event.path("headers")).put(name.toLowerCase(Locale.ROOT), value));
      try {
        JsonNode reply = call(new HttpDoorHandler(application), event.toString());
        Map<String, String> headers = new LinkedHashMap<>();
        reply
            .path("headers")
            .properties()
            .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        return new WebReply(
            reply.path("statusCode").asInt(),
            headers.get("Content-Type"),
            reply.path("body").asText(),
            headers);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static ObjectNode parsed(String name) {
      try {
        return (ObjectNode) JSON.readTree(event(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static JsonNode read(String json) {
      try {
        return JSON.readTree(json);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
