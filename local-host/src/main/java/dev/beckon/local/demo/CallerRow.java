package dev.beckon.local.demo;

import dev.beckon.local.demo.RowPlan.Kind;
import dev.beckon.local.demo.SampleNames.Culture;
import java.time.LocalDate;
import java.util.List;

/** Formats one caller as a tab-separated row. Immutable. */
final class CallerRow {

  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 4, 20);
  private static final int DAYS = 14;

  /** Shares no factor with ten, so multiplying permutes the eight-digit numbers. */
  private static final long SPREAD = 38_196_601;

  private final RowPlan plan;
  private final long offset;

  CallerRow(RowPlan plan) {
    this.plan = plan;
    this.offset = plan.pick(0, 30, SampleRows.MAX_CALLERS);
  }

  void append(StringBuilder line, long row, Kind kind) {
    long person = kind == Kind.DUPLICATE ? plan.original(row) : row;
    Culture culture =
        plan.pick(person, 31, 3) == 0
            ? of(SampleNames.CULTURES, person, 32)
            : SampleNames.CULTURES.get((int) plan.pick(person, 33, 2));
    switch (kind) {
      case GOOD -> appendNumber(line, person, plan.pick(row, 34, 6));
      // as E.164, which is how a second system exports the same number
      case DUPLICATE -> appendNumber(line, person, 6);
      case BAD -> line.append(damaged(plan.pick(row, 35, 5)));
    }
    line.append('\t');
    line.append(plan.pick(person, 36, 16) == 0 ? "" : of(culture.first(), person, 37).written());
    line.append('\t').append(culture.language());
    line.append('\t').append(of(SampleNames.TOPICS, row, 38));
    line.append('\t').append(FIRST_DAY.plusDays(plan.pick(row, 39, DAYS)));
  }

  /**
   * Appends the person's own number. German ones begin with 0150, a range no network was using in
   * 2026; Austrian ones have a subscriber number that begins with 0, which none should have. For
   * the simulator only.
   */
  private void appendNumber(StringBuilder line, long person, long style) {
    String digits =
        CustomerRow.padded(
                new StringBuilder(8),
                (person % SampleRows.MAX_CALLERS * SPREAD + offset) % SampleRows.MAX_CALLERS,
                8)
            .toString();
    if (plan.pick(person, 40, 10) == 0) {
      line.append(style == 6 ? "+436640" : "+43 664 0").append(digits);
      return;
    }
    switch ((int) style) {
      case 0, 1 -> line.append("0150 ").append(digits);
      case 2 -> line.append("0150").append(digits);
      case 3 -> line.append("(0150) ").append(digits, 0, 4).append('-').append(digits, 4, 8);
      case 4 -> line.append("0150/").append(digits);
      case 5 -> line.append("+49 150 ").append(digits);
      default -> line.append("+49150").append(digits);
    }
  }

  private static String damaged(long how) {
    return switch ((int) how) {
      case 0 -> "4.91515E+11";
      case 1 -> "0171 KAFFEE";
      case 2 -> "0171 39";
      case 3 -> "0171 3920012 3920013 39";
      default -> "";
    };
  }

  private <T> T of(List<T> list, long row, int aspect) {
    return list.get((int) plan.pick(row, aspect, list.size()));
  }
}
