package dev.beckon.aws.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.beckon.bed.CloudService;
import java.io.IOException;

/**
 * Speaks AWS's JSON protocol (X-Amz-Target, errors by {@code __type}), as Secrets Manager and KMS
 * do; its calls are operations.
 */
abstract class JsonService extends CloudService {
  JsonService() throws IOException {}

  /** Answers one operation such as {@code GetSecretValue}. */
  protected abstract ObjectNode answer(String operation, JsonNode request);

  @Override
  protected ObjectNode answer(HttpExchange exchange, JsonNode request) {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String operation = target.substring(target.indexOf('.') + 1);
    called(operation);
    String signed = exchange.getRequestHeaders().getFirst("Authorization");
    if (signed == null || !signed.startsWith("AWS4-HMAC-SHA256 Credential=")) {
      throw new Refusal(400, "MissingAuthenticationTokenException", "not signed");
    }
    return answer(operation, request);
  }

  @Override
  protected ObjectNode answer(Refusal refusal) {
    return JSON.createObjectNode().put("__type", refusal.code).put("message", refusal.detail);
  }

  @Override
  protected String contentType() {
    return "application/x-amz-json-1.1";
  }
}
