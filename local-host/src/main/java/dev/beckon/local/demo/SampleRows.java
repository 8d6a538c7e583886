package dev.beckon.local.demo;

import dev.beckon.local.demo.RowPlan.Kind;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Made-up rows in any number, in the shape of the files in {@code samples/}: about one in a hundred
 * has a bad address and one in a hundred repeats an earlier recipient in another notation. The same
 * seed gives the same bytes. Rows are streamed; memory does not grow with their number. Stateless.
 */
public final class SampleRows {

  /** First line of the customers' file, without its line end. */
  public static final String CUSTOMERS_HEADER =
      "email,first_name,last_name,phone,language,city,store,visit_date,order_id,order_url,amount,note";

  /** First line of the deliveries' file, without its line end. */
  public static final String DELIVERIES_HEADER =
      "email;first_name;language;order_id;coffee;roasted_on;delivered_on";

  /** First line of the callers' file, without its line end. */
  public static final String CALLERS_HEADER = "phone\tfirst_name\tlanguage\ttopic\tcall_date";

  /** Callers have eight-digit subscriber numbers, each used once. */
  static final long MAX_CALLERS = 100_000_000;

  private SampleRows() {}

  /**
   * What intake should find in the rows written.
   *
   * @param rows all of them, without the header
   * @param bad rows refused for their address
   * @param duplicates rows that repeat the recipient of an earlier good row, at any distance: a
   *     second call of intake knows them by contact fatigue rather than as duplicates
   * @param good rows accepted
   */
  public record Expected(long rows, long bad, long duplicates, long good) {
    public Expected {
      if (bad < 0 || duplicates < 0 || good < 0 || bad + duplicates + good != rows) {
        throw new IllegalArgumentException("bad, duplicates and good must add up to rows");
      }
    }
  }

  /**
   * Writes a header and {@code rows} customers as UTF-8 CSV with LF, as {@code
   * samples/customers.csv}. Flushes and leaves the stream open.
   */
  public static Expected writeCustomers(OutputStream out, long rows, long seed) throws IOException {
    RowPlan plan = new RowPlan(seed);
    return write(out, CUSTOMERS_HEADER, rows, plan, new CustomerRow(plan)::append);
  }

  /**
   * Writes a header and {@code rows} delivered parcels as UTF-8 with semicolons and LF, as {@code
   * samples/deliveries.csv}. Flushes and leaves the stream open.
   */
  public static Expected writeDeliveries(OutputStream out, long rows, long seed)
      throws IOException {
    RowPlan plan = new RowPlan(seed);
    return write(out, DELIVERIES_HEADER, rows, plan, new DeliveryRow(plan)::append);
  }

  /**
   * Writes a header and {@code rows} callers as UTF-8 tab-separated text with LF, as {@code
   * samples/callers.tsv}; national numbers are German. Flushes and leaves the stream open.
   *
   * @param rows at most 100 million, so that every number differs
   */
  public static Expected writeCallers(OutputStream out, long rows, long seed) throws IOException {
    if (rows > MAX_CALLERS) {
      throw new IllegalArgumentException("at most " + MAX_CALLERS + " callers, not " + rows);
    }
    RowPlan plan = new RowPlan(seed);
    return write(out, CALLERS_HEADER, rows, plan, new CallerRow(plan)::append);
  }

  /** Appends one row without its line end. */
  @FunctionalInterface
  private interface RowFormat {
    void append(StringBuilder line, long row, Kind kind);
  }

  private static Expected write(
      OutputStream out, String header, long rows, RowPlan plan, RowFormat format)
      throws IOException {
    if (rows < 0) {
      throw new IllegalArgumentException("rows must not be negative: " + rows);
    }
    Writer writer =
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    writer.append(header).append('\n');
    StringBuilder line = new StringBuilder(512);
    long bad = 0;
    long duplicates = 0;
    for (long row = 0; row < rows; row++) {
      Kind kind = plan.kind(row);
      switch (kind) {
        case GOOD -> {}
        case BAD -> bad++;
        case DUPLICATE -> duplicates++;
      }
      line.setLength(0);
      format.append(line, row, kind);
      writer.append(line.append('\n'));
    }
    writer.flush();
    return new Expected(rows, bad, duplicates, rows - bad - duplicates);
  }
}
