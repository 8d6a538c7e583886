package dev.beckon.local.simulation;

import java.util.List;

/** What a chart is drawn on. Units are pixels from the upper left corner. Not thread-safe. */
interface Canvas {

  /** A point. */
  record Point(double x, double y) {}

  /** Where a text stands at its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * @param color as {@code #rrggbb}
   */
  void box(double x, double y, double width, double height, String color);

  void line(List<Point> points, String color, double width, boolean dashed);

  void text(double x, double y, String text, int size, boolean bold, Anchor anchor, String color);
}
