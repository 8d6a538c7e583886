package dev.beckon.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an installation says of itself once it is deployed.
 *
 * @param environment the variables an operator's commands need
 * @param others everything else, by name
 */
public record StackOutputs(Map<String, String> environment, Map<String, String> others) {
  private static final String ENVIRONMENT = "OperatorEnvironment";

  /**
   * Reads what {@code cdk deploy --outputs-file} wrote.
   *
   * @throws IllegalStateException when the stack does not say what is needed
   */
  static StackOutputs read(Path file, String stack) throws IOException {
    JsonNode outputs = JsonMapper.builder().build().readTree(Files.readString(file)).path(stack);
    Map<String, String> values = new LinkedHashMap<>();
    outputs.properties().forEach(output -> values.put(output.getKey(), output.getValue().asText()));
    return of(values, "stack " + stack);
  }

  /**
   * Reads the outputs of a deployment on Azure, each an object with its value.
   *
   * @throws IllegalStateException when the deployment does not say what is needed
   */
  static StackOutputs ofDeployment(String json, String group) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    JsonMapper.builder()
        .build()
        .readTree(json)
        .properties()
        .forEach(output -> values.put(output.getKey(), output.getValue().path("value").asText()));
    return of(values, "the deployment to " + group);
  }

  private static StackOutputs of(Map<String, String> values, String what) {
    Map<String, String> environment = new LinkedHashMap<>();
    Map<String, String> others = new LinkedHashMap<>();
    values.forEach((key, value) -> {
      if (key.regionMatches(true, 0, ENVIRONMENT, 0, ENVIRONMENT.length())) {
        value
            .lines()
            .filter(line -> line.indexOf('=') > 0)
            .forEach(line -> {
              int equals = line.indexOf('=');
              environment.put(line.substring(0, equals), line.substring(equals + 1));
            });
      } else {
        others.put(key, value);
      }
    });
    if (environment.isEmpty()) {
      throw new IllegalStateException(what + " has no output " + ENVIRONMENT + ": deploy it again");
    }
    return new StackOutputs(environment, others);
  }
}
