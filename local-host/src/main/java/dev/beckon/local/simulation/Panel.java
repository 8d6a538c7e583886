package dev.beckon.local.simulation;

import dev.beckon.local.simulation.Canvas.Anchor;
import dev.beckon.local.simulation.Canvas.Point;
import dev.beckon.local.simulation.Course.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** One panel of a chart: axes, grid, legend and what is drawn on them. Not thread-safe. */
final class Panel {
  static final int LEFT = 72;
  static final int RIGHT = Chart.WIDTH - 32;

  private static final String INK = "#1a202c";
  private static final String GREY = "#5f6b7a";
  private static final String GRID = "#e2e8f0";
  private static final int GRID_LINES = 4;
  private static final int TICKS = 10;

  private final Canvas canvas;
  private final int top;
  private final int height;
  private final double span;
  private final double step;
  private final String title;
  private final String unit;
  private double most = 1;

  Panel(Canvas canvas, int top, int height, String title, String unit, Course course) {
    this.canvas = canvas;
    this.top = top;
    this.height = height;
    this.title = title;
    this.unit = unit;
    this.step = course.step() / 1e3;
    this.span = course.steps().size() * step;
  }

  /** Draws the axes for values up to this one. */
  Panel upTo(OptionalDouble largest) {
    double division = round(Math.max(largest.orElse(1), 1e-3) / GRID_LINES);
    most = division * Math.max(1, Math.ceil(largest.orElse(1) / division - 1e-9));
    canvas.text(LEFT, top - 14, title, 14, true, Anchor.START, INK);
    for (double value = 0; value <= most + division / 2; value += division) {
      double y = y(value);
      canvas.line(
          List.of(new Point(LEFT, y), new Point(RIGHT, y)), value == 0 ? GREY : GRID, 1, false);
      canvas.text(LEFT - 8, y + 4, label(value), 11, false, Anchor.END, GREY);
    }
    double tick = round(span / TICKS);
    for (double at = 0; at <= span + tick / 1e6; at += tick) {
      double x = x(at);
      canvas.line(
          List.of(new Point(x, top + height), new Point(x, top + height + 4)), GREY, 1, false);
      canvas.text(x, top + height + 18, label(at), 11, false, Anchor.MIDDLE, GREY);
    }
    return this;
  }

  /**
   * Names what is drawn, and the unit of the axis.
   *
   * @param namesAndColors alternating
   */
  void legend(String... namesAndColors) {
    double x = LEFT + 170;
    for (int i = 0; i < namesAndColors.length; i += 2) {
      canvas.box(x, top - 23, 12, 10, namesAndColors[i + 1]);
      canvas.text(x + 18, top - 14, namesAndColors[i], 12, false, Anchor.START, GREY);
      x += 40 + 7.0 * namesAndColors[i].length();
    }
    canvas.text(RIGHT, top - 14, unit, 12, false, Anchor.END, GREY);
  }

  /** A line through the ends of the steps, broken where a step has no value. */
  void line(List<Step> steps, ToDoubleFunction<Step> value, String color, boolean dashed) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      double height = value.applyAsDouble(steps.get(i));
      if (Double.isNaN(height)) {
        stroke(points, color, dashed);
        points.clear();
      } else {
        points.add(new Point(x((i + 1) * step), y(height)));
      }
    }
    stroke(points, color, dashed);
  }

  private void stroke(List<Point> points, String color, boolean dashed) {
    if (points.size() == 1) {
      canvas.box(points.getFirst().x() - 2, points.getFirst().y() - 2, 4, 4, color);
    } else if (!points.isEmpty()) {
      canvas.line(List.copyOf(points), color, 2, dashed);
    }
  }

  /** A bar for each step, the second value on the first. */
  void bars(
      List<Step> steps,
      ToDoubleFunction<Step> below,
      String belowColor,
      ToDoubleFunction<Step> above,
      String aboveColor) {
    double wide = x(step) - x(0);
    double bar = Math.max(1, wide * 0.86);
    for (int i = 0; i < steps.size(); i++) {
      double first = below.applyAsDouble(steps.get(i));
      double both = first + above.applyAsDouble(steps.get(i));
      double x = x(i * step) + (wide - bar) / 2;
      canvas.box(x, y(first), bar, y(0) - y(first), belowColor);
      canvas.box(x, y(both), bar, y(first) - y(both), aboveColor);
    }
  }

  private double x(double seconds) {
    return LEFT + seconds / span * (RIGHT - LEFT);
  }

  private double y(double value) {
    return top + height - value / most * height;
  }

  /** The next 1, 2 or 5 of a power of ten. */
  private static double round(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (int factor : new int[] {1, 2, 5}) {
      if (value <= factor * power * (1 + 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static String label(double value) {
    String text = String.format(Locale.ROOT, "%,.3f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
