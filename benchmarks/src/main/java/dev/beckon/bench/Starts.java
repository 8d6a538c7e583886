package dev.beckon.bench;

import dev.beckon.app.EntryPoint;
import dev.beckon.bench.Figure.Arrangement;
import dev.beckon.bench.Figure.Bar;
import dev.beckon.bench.whole.ColdStarts;
import dev.beckon.bench.whole.ColdStarts.Way;
import dev.beckon.local.lambda.DeployableJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Figures of cold starts, and the size of the jar that is started. */
final class Starts {
  private static final double MEGABYTE = 1e6;

  private final Path folder;
  private final Path home;
  private final int rounds;

  Starts(Path folder, Path home, int rounds) {
    this.folder = folder;
    this.home = home;
    this.rounds = rounds;
  }

  /** The ways this Java knows. */
  static Set<Way> ways() {
    Set<Way> ways = EnumSet.allOf(Way.class);
    if (Runtime.version().feature() < 25) {
      ways.remove(Way.AOT_CACHE);
    }
    return ways;
  }

  List<Figure> coldStarts(List<EntryPoint> entryPoints, Set<Way> ways) throws Exception {
    Path jar = DeployableJar.in(home);
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.plain(Arrangement.STARTS, "deployable jar", Files.size(jar) / MEGABYTE, "MB")
            .holding(Bar.atMost(25)));
    for (ColdStarts.Seen seen : new ColdStarts(folder, jar, rounds, ways).run(entryPoints)) {
      figures.add(figure(seen));
    }
    return figures;
  }

  private static Figure figure(ColdStarts.Seen seen) {
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("init", seen.init());
    details.put("first", seen.first());
    details.put("second", seen.second());
    if (seen.archive() > 0) {
      details.put("archive MB", seen.archive() / MEGABYTE);
    }
    return Figure.plain(
            Arrangement.STARTS,
            name(seen.entryPoint()) + ", " + seen.way().title(),
            seen.init() + seen.first(),
            "ms")
        .with(details);
  }

  private static String name(EntryPoint entryPoint) {
    return entryPoint == EntryPoint.HTTP ? "HTTP door" : "dispatch of one mail";
  }
}
