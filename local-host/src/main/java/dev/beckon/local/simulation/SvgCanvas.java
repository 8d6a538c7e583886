package dev.beckon.local.simulation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws as SVG. Not thread-safe. */
final class SvgCanvas implements Canvas {
  private final StringBuilder out = new StringBuilder();

  /**
   * @param title what the picture shows, for those who do not see it
   */
  SvgCanvas(int width, int height, String title) {
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" "
            .formatted(width, height, escaped(title)));
    out.append("font-family=\"system-ui, 'DejaVu Sans', Arial, sans-serif\">\n");
  }

  @Override
  public void box(double x, double y, double width, double height, String color) {
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>%n",
            x,
            y,
            width,
            height,
            color));
  }

  @Override
  public void line(List<Point> points, String color, double width, boolean dashed) {
    String path =
        points.stream()
            .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point.x(), point.y()))
            .collect(Collectors.joining(" "));
    out.append(
        String.format(
            Locale.ROOT,
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\""
                + " stroke-linejoin=\"round\"%s/>%n",
            path,
            color,
            width,
            dashed ? " stroke-dasharray=\"5 4\"" : ""));
  }

  @Override
  public void text(
      double x, double y, String text, int size, boolean bold, Anchor anchor, String color) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\"%s text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
            x,
            y,
            size,
            bold ? " font-weight=\"600\"" : "",
            anchor.name().toLowerCase(Locale.ROOT),
            color,
            escaped(text)));
  }

  /** The whole picture. */
  String svg() {
    return out + "</svg>\n";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
