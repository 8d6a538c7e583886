package dev.beckon.local.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A function as its folder describes it.
 *
 * @param name the folder's
 * @param jar where the code is
 * @param entryPoint class and method
 */
record FunctionJson(String name, Path jar, String entryPoint, List<Binding> bindings) {

  static FunctionJson read(Path folder) throws IOException {
    JsonNode json = new JsonMapper().readTree(folder.resolve("function.json").toFile());
    return new FunctionJson(
        folder.getFileName().toString(),
        folder.resolve(json.path("scriptFile").asText()).normalize(),
        json.path("entryPoint").asText(),
        StreamSupport.stream(json.path("bindings").spliterator(), false).map(Binding::of).toList());
  }

  String className() {
    return entryPoint.substring(0, Math.max(0, entryPoint.lastIndexOf('.')));
  }

  String methodName() {
    return entryPoint.substring(entryPoint.lastIndexOf('.') + 1);
  }

  List<Binding> triggers() {
    return bindings.stream().filter(Binding::isTrigger).toList();
  }
}
