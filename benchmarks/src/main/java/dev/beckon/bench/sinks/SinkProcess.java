package dev.beckon.bench.sinks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.local.Parts;
import dev.beckon.local.servers.EmbeddedMongo;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All sinks in one process, so that they can be given a core of their own. Prints where they listen
 * as one line of JSON and ends when its standard input does.
 */
public final class SinkProcess {
  /**
   * Latencies of the mail servers in milliseconds: those of our own figures, and those that follow
   * from the rates the provisioning guide gives for one message after the other.
   */
  private static final int[] LATENCIES = {0, 50, 29, 1_000, 1_333, 1_818};

  private SinkProcess() {}

  /** Where the sinks listen: port by name, and the store's connection string. */
  public static Map<String, String> start(Parts parts) {
    Counts counts = new Counts();
    EmbeddedMongo mongo = parts.keep(EmbeddedMongo.start());
    Map<String, String> places = new LinkedHashMap<>();
    places.put("store", parts.keep(StoreSink.start(mongo.port(), counts)).connectionString());
    places.put("http", "" + parts.keep(HttpSink.start(counts)).port());
    for (int latency : LATENCIES) {
      MailSink mail = parts.keep(MailSink.start(Duration.ofMillis(latency), counts));
      places.put("mail" + latency, "" + mail.port());
    }
    return places;
  }

  /** Called by Java in the sinks' process. */
  public static void main(String[] arguments) throws IOException {
    try (Parts parts = new Parts()) {
      System.out.println(JsonMapper.builder().build().writeValueAsString(start(parts)));
      System.out.flush();
      while (System.in.read() >= 0) {
        // until whoever started us goes
      }
    }
    System.exit(0);
  }
}
