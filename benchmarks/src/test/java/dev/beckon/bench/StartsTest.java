package dev.beckon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.app.EntryPoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One function started once in every way; no figure is judged. */
class StartsTest {
  @TempDir Path folder;

  @Test
  void coldStarts_oneFunction_isStartedInEveryWay() throws Exception {
    List<Figure> figures =
        new Starts(folder, Path.of(".."), 1).coldStarts(List.of(EntryPoint.HTTP));

    assertThat(figures)
        .extracting(Figure::name)
        .contains(
            "deployable jar",
            "HTTP door, as Lambda unpacks it",
            "HTTP door, from the jar",
            "HTTP door, AppCDS",
            "HTTP door, after SnapStart's checkpoint");
    assertThat(figures).allSatisfy(figure -> assertThat(figure.value()).isPositive());
    assertThat(figures)
        .filteredOn(figure -> figure.name().endsWith("AppCDS"))
        .allSatisfy(figure -> assertThat(figure.details()).containsKey("archive MB"));
  }
}
