package dev.beckon.local.demo;

import dev.beckon.local.demo.RowPlan.Kind;
import dev.beckon.local.demo.SampleNames.Culture;
import dev.beckon.local.demo.SampleNames.Name;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * Formats one delivered parcel as a row with semicolons, as shop systems in Germany do. Immutable.
 */
final class DeliveryRow {

  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 4, 6);
  private static final int DAYS = 21;

  private final RowPlan plan;

  DeliveryRow(RowPlan plan) {
    this.plan = plan;
  }

  void append(StringBuilder line, long row, Kind kind) {
    long person = kind == Kind.DUPLICATE ? plan.original(row) : row;
    // two of three read a language that has a template
    Culture culture =
        plan.pick(person, 51, 3) == 0
            ? of(SampleNames.CULTURES, person, 52)
            : SampleNames.CULTURES.get((int) plan.pick(person, 53, 2));
    Name first = of(culture.first(), person, 54);
    LocalDate arrived = FIRST_DAY.plusDays(plan.pick(row, 55, DAYS));
    line.append(email(row, person, kind, first)).append(';');
    line.append(plan.pick(person, 56, 20) == 0 ? "" : first.written()).append(';');
    line.append(plan.pick(person, 57, 16) == 0 ? "" : culture.language()).append(';');
    line.append("AA-").append(70_000 + row).append(';');
    CustomerRow.quoted(line, of(SampleNames.COFFEES, row, 58)).append(';');
    line.append(arrived.minusDays(3 + plan.pick(row, 59, 5))).append(';');
    line.append(arrived);
  }

  private String email(long row, long person, Kind kind, Name first) {
    // the row number makes every address its own
    String local = first.romanised() + ".d" + Long.toString(person, Character.MAX_RADIX);
    String domain = of(SampleNames.DOMAINS, person, 60);
    return switch (kind) {
      case GOOD -> local + '@' + domain;
      case DUPLICATE -> (local + '@' + domain).toUpperCase(Locale.ROOT);
      case BAD -> damaged(local, domain, plan.pick(row, 61, 4));
    };
  }

  private static String damaged(String local, String domain, long how) {
    return switch ((int) how) {
      case 0 -> local + '.' + domain;
      case 1 -> local + '@' + domain + '.';
      case 2 -> "Abo <" + local + '@' + domain + '>';
      default -> "";
    };
  }

  private <T> T of(List<T> list, long row, int aspect) {
    return list.get((int) plan.pick(row, aspect, list.size()));
  }
}
