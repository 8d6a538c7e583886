package dev.beckon.local.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where functions' outputs and given-up messages go; tells the listeners of the same host, which
 * then do not wait for their next look. Thread-safe.
 */
final class Outputs {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Connections connections;
  private final AppSettings settings;
  private final boolean base64;
  private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();

  Outputs(Connections connections, AppSettings settings, boolean base64) {
    this.connections = connections;
    this.settings = settings;
    this.base64 = base64;
  }

  void onAdded(String queue, Runnable listener) {
    listeners.computeIfAbsent(queue, any -> new CopyOnWriteArrayList<>()).add(listener);
  }

  /** Adds a message as it travels. */
  void add(StorageQueue queue, String wire) {
    queue.add(wire);
    listeners.getOrDefault(queue.name(), List.of()).forEach(Runnable::run);
  }

  /** Writes what a function set. */
  void write(AppFunction function, Map<String, Object> outputs) {
    outputs.forEach((name, value) -> {
      Binding binding = function.output(name);
      StorageQueue queue =
          connections.queue(
              binding.text("connection"), settings.resolved(binding.text("queueName")));
      byte[] body = bytes(value);
      add(
          queue,
          base64
              ? Base64.getEncoder().encodeToString(body)
              : new String(body, StandardCharsets.UTF_8));
    });
  }

  private static byte[] bytes(Object value) {
    return switch (value) {
      case byte[] bytes -> bytes;
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      default -> {
        try {
          yield JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
          throw new IllegalArgumentException("an output cannot be written as JSON", e);
        }
      }
    };
  }
}
