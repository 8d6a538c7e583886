package dev.beckon.bench.worker;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a worker process is to do.
 *
 * @param scenario name of a {@link Scenarios} entry
 * @param places where the sinks listen, by name
 * @param warmUpSeconds rounds are run and not measured for at least so long
 * @param rounds rounds measured
 * @param size invitations, rows or messages of one round
 * @param folder takes what the round stores as objects, and holds the files to be dropped
 * @param number of this worker among all on these sinks, from 0: their batches have names of their
 *     own
 */
public record Order(
    String scenario,
    Map<String, String> places,
    double warmUpSeconds,
    int rounds,
    int size,
    Path folder,
    int number) {

  /** An order for a worker that runs alone. */
  public Order(
      String scenario,
      Map<String, String> places,
      double warmUpSeconds,
      int rounds,
      int size,
      Path folder) {
    this(scenario, places, warmUpSeconds, rounds, size, folder, 0);
  }

  String place(String name) {
    String place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException("no sink is named " + name);
    }
    return place;
  }

  int port(String name) {
    return Integer.parseInt(place(name));
  }
}
