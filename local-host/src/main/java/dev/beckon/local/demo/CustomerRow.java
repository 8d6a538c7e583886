package dev.beckon.local.demo;

import dev.beckon.local.demo.RowPlan.Kind;
import dev.beckon.local.demo.SampleNames.Culture;
import dev.beckon.local.demo.SampleNames.Name;
import dev.beckon.local.demo.SampleNames.Shop;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** Formats one customer as a CSV row (RFC 4180). Immutable. */
final class CustomerRow {

  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 4, 6);
  private static final int DAYS = 28;

  /** Longer than the 64 octets RFC 5321 section 4.5.3.1.1 allows before the @. */
  private static final String TOO_LONG = "x".repeat(65);

  private final RowPlan plan;

  CustomerRow(RowPlan plan) {
    this.plan = plan;
  }

  void append(StringBuilder line, long row, Kind kind) {
    // a duplicate is the same person again: name and language are the original's
    long person = kind == Kind.DUPLICATE ? plan.original(row) : row;
    Culture culture = culture(person);
    Name first = of(culture.first(), person, 11);
    Name last = of(culture.last(), person, 12);
    Shop shop = of(SampleNames.SHOPS, row, 13);
    boolean ordered = plan.pick(row, 14, 8) != 0;

    quoted(line, email(row, person, kind, first, last)).append(',');
    quoted(line, plan.pick(person, 15, 20) == 0 ? "" : first.written()).append(',');
    quoted(line, last.written()).append(',');
    if (plan.pick(person, 16, 3) != 0) {
      // kept free for film and television by the Bundesnetzagentur
      padded(line.append("030 23125"), plan.pick(person, 17, 1000), 3);
    }
    line.append(',').append(plan.pick(person, 18, 16) == 0 ? "" : culture.language()).append(',');
    line.append(plan.pick(row, 19, 20) == 0 ? "" : shop.city()).append(',');
    quoted(line, shop.store()).append(',');
    line.append(FIRST_DAY.plusDays(plan.pick(row, 20, DAYS))).append(',');
    if (ordered) {
      line.append("AA-").append(20_000 + row);
      line.append(",https://acme-amsel.example/orders/AA-").append(20_000 + row).append(',');
      line.append(3 + plan.pick(row, 21, 40)).append('.');
      padded(line, plan.pick(row, 22, 100), 2).append(',');
    } else {
      line.append(",,,");
    }
    quoted(line, of(SampleNames.NOTES, row, 23));
  }

  /** Two of three people use a language that has a template. */
  private Culture culture(long person) {
    return switch ((int) plan.pick(person, 10, 6)) {
      case 0, 1, 2 -> SampleNames.CULTURES.get(0);
      case 3 -> SampleNames.CULTURES.get(1);
      default -> of(SampleNames.CULTURES, person, 24);
    };
  }

  private String email(long row, long person, Kind kind, Name first, Name last) {
    // the row number makes every address its own
    String local =
        first.romanised()
            + '.'
            + last.romanised()
            + '.'
            + Long.toString(person, Character.MAX_RADIX);
    String domain = of(SampleNames.DOMAINS, person, 25);
    return switch (kind) {
      case GOOD -> local + '@' + domain;
      case DUPLICATE -> (local + '@' + domain).toUpperCase(Locale.ROOT);
      case BAD -> damaged(local, domain, plan.pick(row, 26, 8));
    };
  }

  private static String damaged(String local, String domain, long how) {
    return switch ((int) how) {
      case 0 -> local + '.' + domain;
      case 1 -> local + "@@" + domain;
      case 2 -> local.replace('.', ' ') + '@' + domain;
      case 3 -> local + '@' + domain + '.';
      case 4 -> "Guest <" + local + '@' + domain + '>';
      case 5 -> local + ".." + "x@" + domain;
      case 6 -> TOO_LONG + local + '@' + domain;
      default -> "";
    };
  }

  private <T> T of(List<T> list, long row, int aspect) {
    return list.get((int) plan.pick(row, aspect, list.size()));
  }

  static StringBuilder padded(StringBuilder line, long number, int digits) {
    String text = Long.toString(number);
    return line.repeat("0", digits - text.length()).append(text);
  }

  static StringBuilder quoted(StringBuilder line, String cell) {
    boolean plain = cell.indexOf(',') < 0 && cell.indexOf('"') < 0 && cell.indexOf('\n') < 0;
    return plain
        ? line.append(cell)
        : line.append('"').append(cell.replace("\"", "\"\"")).append('"');
  }
}
