package dev.beckon.aws.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** As much of AWS Secrets Manager as is read. */
final class SecretsService extends JsonService {
  final Map<String, String> values = new ConcurrentHashMap<>();
  final Set<String> denied = ConcurrentHashMap.newKeySet();
  final Set<String> deleted = ConcurrentHashMap.newKeySet();
  final Set<String> bytes = ConcurrentHashMap.newKeySet();

  SecretsService() throws IOException {}

  @Override
  protected ObjectNode answer(String operation, JsonNode request) {
    String name = request.path("SecretId").asText();
    if (operation.equals("CreateSecret") || operation.equals("PutSecretValue")) {
      String named = request.path("Name").asText(name);
      String value = request.path("SecretString").asText();
      if (operation.equals("PutSecretValue")) {
        values.put(named, value);
      } else if (values.putIfAbsent(named, value) != null) {
        throw new Refusal(400, "ResourceExistsException", "it is there already");
      }
      return JSON.createObjectNode().put("Name", named);
    }
    if (!operation.equals("GetSecretValue")) {
      throw new Refusal(400, "UnknownOperationException", operation);
    }
    if (denied.contains(name)) {
      throw new Refusal(400, "AccessDeniedException", "User is not authorized to perform this");
    }
    if (deleted.contains(name)) {
      throw new Refusal(
          400,
          "InvalidRequestException",
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.put("ARN", "arn:aws:secretsmanager:us-east-1:000000000000:secret:" + name + "-AbCdEf");
    answer.put("Name", name).put("VersionId", "v1").put("CreatedDate", 1.7e9);
    answer.putArray("VersionStages").add("AWSCURRENT");
    if (bytes.contains(name)) {
      return answer.put("SecretBinary", "aHVudGVyMg==");
    }
    String value = values.get(name);
    if (value == null) {
      throw new Refusal(
          400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return answer.put("SecretString", value);
  }
}
