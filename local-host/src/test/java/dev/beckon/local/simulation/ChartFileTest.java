package dev.beckon.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.invitation.InvitationState;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartFileTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path folder;

  private static Course course() {
    List<Settled> settled = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      settled.add(new Settled(NOON.plusMillis(i * 40L), i % 20 != 0, 50));
    }
    Map<InvitationState, Long> states =
        Map.of(InvitationState.SENT, 95L, InvitationState.FAILED, 5L, InvitationState.IN_DOUBT, 2L);
    return Course.of(
        new Figures(NOON, Duration.ZERO, states, 100, 5_000, 0),
        settled,
        List.of(new Course.Produced(NOON, 102)));
  }

  @Test
  void write_page_holdsOneSoundDrawingAndNoScript() throws Exception {
    Path file = folder.resolve("new/run.html");
    new ChartFile(file).write(course());
    String page = Files.readString(file);

    assertThat(page)
        .contains("100 of 102 messages", "95 sent", "5 failed (5.0 %)", "2 in doubt", "50.0 ms")
        .contains("messages a second", "milliseconds", "seconds since")
        .doesNotContain("<script", "NaN", "Infinity", "href", "src=");
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new InputSource(
                    new StringReader(
                        page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6))));
    assertThat(svg.getElementsByTagName("polyline").getLength()).isGreaterThan(10);
  }

  @Test
  void write_picture_isDrawnInItsColours() throws Exception {
    Path file = folder.resolve("run.png");
    new ChartFile(file).write(course());
    BufferedImage image = ImageIO.read(file.toFile());

    assertThat(image.getWidth()).isEqualTo(2 * Chart.WIDTH);
    assertThat(image.getHeight()).isEqualTo(2 * Chart.HEIGHT);
    long blue = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        blue += image.getRGB(x, y) == new Color(0x2b6cb0).getRGB() ? 1 : 0;
      }
    }
    assertThat(blue).isGreaterThan(10_000);
  }

  @Test
  void write_nothingSettled_saysSo() throws Exception {
    Path file = folder.resolve("run.html");
    Figures none = new Figures(NOON, Duration.ZERO, Map.of(), 0, 0, 0);
    new ChartFile(file).write(Course.of(none, List.of(), List.of()));

    assertThat(Files.readString(file))
        .contains("No message was sent or failed.")
        .doesNotContain("NaN");
  }

  @Test
  void name_ofAnotherKind_isRefused() {
    assertThatThrownBy(() -> new ChartFile(Path.of("run.svg")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(".html or a .png");
  }
}
