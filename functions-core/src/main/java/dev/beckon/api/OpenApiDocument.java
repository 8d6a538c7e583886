package dev.beckon.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI</a> document: one file for each
 * capability, put together here. Who may call what stands in the route table alone and is written
 * into the document from there.
 */
final class OpenApiDocument {
  /** Each is {@code {"paths": …, "components": {"schemas": …}}}; the first holds the rest too. */
  private static final List<String> FILES =
      List.of("base", "batches", "operations", "imports", "account", "answers", "keys");

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private OpenApiDocument() {}

  /**
   * @throws IllegalStateException when an endpoint is not described
   */
  static ObjectNode of(URI publicUrl, List<Endpoint> endpoints) {
    ObjectNode document = file(FILES.getFirst());
    document.putArray("servers").addObject().put("url", publicUrl.toString());
    for (String name : FILES.subList(1, FILES.size())) {
      merge(document, file(name));
    }
    endpoints.forEach(endpoint -> mark(document, endpoint));
    return document;
  }

  private static ObjectNode file(String name) {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream("openapi/" + name + ".json")) {
      return (ObjectNode) MAPPER.readTree(Objects.requireNonNull(in, name));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("openapi/" + name + ".json: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Objects are put together key by key; whatever else stands in two files is a mistake. */
  private static void merge(ObjectNode into, ObjectNode from) {
    from.properties()
        .forEach(property -> {
          JsonNode there = into.get(property.getKey());
          if (there == null) {
            into.set(property.getKey(), property.getValue());
          } else if (there instanceof ObjectNode one
              && property.getValue() instanceof ObjectNode other) {
            merge(one, other);
          } else {
            throw new IllegalStateException(property.getKey() + " is described twice");
          }
        });
  }

  private static void mark(ObjectNode document, Endpoint endpoint) {
    JsonNode described =
        document
            .path("paths")
            .path(endpoint.path())
            .path(endpoint.method().toLowerCase(Locale.ROOT));
    if (!(described instanceof ObjectNode operation)) {
      throw new IllegalStateException(
          endpoint.method() + " " + endpoint.path() + " is not described");
    }
    ArrayNode security = operation.putArray("security");
    if (!endpoint.isOpen()) {
      security.addObject().putArray("key");
      ArrayNode scopes = operation.putArray("x-scopes");
      endpoint.scopes().stream().map(Scope::label).sorted().forEach(scopes::add);
      operation.put("x-live-only", endpoint.liveOnly());
      ArrayNode kinds = operation.putArray("x-key-kinds");
      endpoint.kinds().stream().map(KeyKind::label).sorted().forEach(kinds::add);
    }
    operation
        .withObject("responses")
        .putIfAbsent("default", Json.object().put("$ref", "#/components/responses/Problem"));
  }
}
