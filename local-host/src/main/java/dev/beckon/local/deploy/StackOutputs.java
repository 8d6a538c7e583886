package dev.beckon.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a stack says of itself, as {@code cdk deploy --outputs-file} writes it.
 *
 * @param environment the variables an operator's commands need
 * @param others everything else, by name
 */
public record StackOutputs(Map<String, String> environment, Map<String, String> others) {
  private static final String ENVIRONMENT = "OperatorEnvironment";

  /**
   * Reads the file.
   *
   * @throws IllegalStateException when the stack does not say what is needed
   */
  static StackOutputs read(Path file, String stack) throws IOException {
    JsonNode outputs = JsonMapper.builder().build().readTree(Files.readString(file)).path(stack);
    Map<String, String> environment = new LinkedHashMap<>();
    Map<String, String> others = new LinkedHashMap<>();
    outputs
        .properties()
        .forEach(output -> {
          String value = output.getValue().asText();
          if (output.getKey().startsWith(ENVIRONMENT)) {
            value
                .lines()
                .filter(line -> line.indexOf('=') > 0)
                .forEach(line -> {
                  int equals = line.indexOf('=');
                  environment.put(line.substring(0, equals), line.substring(equals + 1));
                });
          } else {
            others.put(output.getKey(), value);
          }
        });
    if (environment.isEmpty()) {
      throw new IllegalStateException(
          "stack " + stack + " has no output " + ENVIRONMENT + " in " + file + ": deploy it again");
    }
    return new StackOutputs(environment, others);
  }
}
