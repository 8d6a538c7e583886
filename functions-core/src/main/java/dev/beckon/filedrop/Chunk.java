package dev.beckon.filedrop;

/**
 * Up to 10,000 rows cut from a file, stored as one sealed object.
 *
 * @param number from 0, in file order
 * @param accepted whether all its rows are refused or stored
 * @param totals what became of them; empty until accepted
 */
public record Chunk(String importId, int number, int rows, boolean accepted, Import.Totals totals) {

  /** The most rows of a chunk; one intake takes them at once. */
  public static final int MOST_ROWS = 10_000;

  public static String id(String importId, int number) {
    return importId + "." + number;
  }

  public String id() {
    return id(importId, number);
  }

  /** Where its rows lie in the bucket. */
  String rowsKey() {
    return ".beckon/chunks/" + importId + "/" + number;
  }

  /** Where its refusals lie in the bucket. */
  String refusalsKey() {
    return ".beckon/refusals/" + importId + "/" + number;
  }
}
