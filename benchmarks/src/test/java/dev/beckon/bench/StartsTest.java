package dev.beckon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.app.EntryPoint;
import dev.beckon.bench.whole.ColdStarts.Way;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One function started once; no figure is judged. */
class StartsTest {
  @TempDir Path folder;

  @Test
  void coldStarts_oneFunction_isStartedInEachWay() throws Exception {
    List<Figure> figures =
        new Starts(folder, Path.of(".."), 1)
            .coldStarts(List.of(EntryPoint.HTTP), Set.of(Way.UNPACKED, Way.APP_CDS, Way.RESTORED));

    assertThat(figures)
        .extracting(Figure::name)
        .contains(
            "deployable jar",
            "HTTP door, as Lambda unpacks it",
            "HTTP door, AppCDS",
            "HTTP door, after SnapStart's checkpoint");
    assertThat(figures).allSatisfy(figure -> assertThat(figure.value()).isPositive());
    assertThat(figures)
        .filteredOn(figure -> figure.name().endsWith("AppCDS"))
        .allSatisfy(figure -> assertThat(figure.details()).containsKey("archive MB"));
  }
}
