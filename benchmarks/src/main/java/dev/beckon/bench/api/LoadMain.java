package dev.beckon.bench.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The load process: reads its order from standard input, for a key is no argument that every
 * process of the machine may see, and prints what it saw as JSON.
 */
public final class LoadMain {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LoadMain() {}

  /** Called by Java in the load process. */
  public static void main(String[] arguments) throws Exception {
    LoadOrder order = JSON.readValue(System.in, LoadOrder.class);
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println(JSON.writeValueAsString(new Load(order).run()));
    System.exit(0);
  }
}
