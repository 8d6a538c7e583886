package dev.beckon.bench.worker;

import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Made-up rows for the dispatches of the benchmarks; the same every time. */
public final class MadeUp {
  private static final List<String> FIRST =
      List.of("Ada", "Björn", "Chloé", "Dilek", "Emma", "Finn", "Grażyna", "Hugo");
  private static final List<String> LAST =
      List.of("Müller", "O'Neill", "Yılmaz", "García", "Kowalski & Sons", "Smith", "Nguyễn");
  private static final List<String> NOTES =
      List.of(
          "We kept your umbrella; it waits at the till.",
          "You asked for <decaf> & got it.",
          "Your second visit this month: thank you.");

  private MadeUp() {}

  /** Rows 1 to n with distinct recipients. */
  public static List<Row> rows(int n) {
    return IntStream.rangeClosed(1, n).mapToObj(MadeUp::row).toList();
  }

  private static Row row(int number) {
    String first = FIRST.get(number % FIRST.size());
    return new Row(
        number,
        Map.of(
            Channel.EMAIL,
            "guest." + number + "@example.org",
            Channel.SMS,
            "+49151%08d".formatted(20_000_000 + number)),
        Map.of(
            "first_name",
            first,
            "last_name",
            LAST.get(number % LAST.size()),
            "city",
            "Hamburg",
            "store",
            "Amsel Coffee, Lange Reihe",
            "visit_date",
            "2026-11-%02d".formatted(1 + number % 28),
            "order_id",
            "AA-" + (20_000 + number),
            "amount",
            "%d.%02d".formatted(3 + number % 40, number % 100),
            "note",
            NOTES.get(number % NOTES.size())),
        "en",
        "DE");
  }
}
