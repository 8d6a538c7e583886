package dev.beckon.local.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A chart in a file: a page with its drawing inside, or a picture. */
public final class ChartFile {
  private final Path path;

  /**
   * @throws IllegalArgumentException when the name ends in something else than html or png
   */
  public ChartFile(Path path) {
    this.path = path;
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".html") && !name.endsWith(".png")) {
      throw new IllegalArgumentException("a chart is a .html or a .png file, not " + path);
    }
  }

  public Path path() {
    return path;
  }

  /** Draws what happened. */
  public void write(Course course) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Chart chart = new Chart(course);
    if (path.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      ImageCanvas canvas = new ImageCanvas(Chart.WIDTH, Chart.HEIGHT);
      chart.draw(canvas);
      ImageIO.write(canvas.image(), "png", path.toFile());
      return;
    }
    SvgCanvas canvas =
        new SvgCanvas(Chart.WIDTH, Chart.HEIGHT, chart.title() + ": " + chart.subtitle());
    chart.draw(canvas);
    Files.writeString(path, page(chart.title(), canvas.svg()));
  }

  private static String page(String title, String svg) {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>%s</title>
    <style>
      body { margin: 0; background: #edf2f7; }
      svg { display: block; max-width: 1100px; margin: 24px auto; background: #fff; box-shadow: 0 1px 4px #0002; }
    </style>
    %s</html>
    """
        .formatted(SvgCanvas.escaped(title), svg);
  }
}
