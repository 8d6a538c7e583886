package dev.beckon.local.doctor;

import dev.beckon.check.Finding;
import java.util.List;

/** What was found, part by part, in the order it was looked for. */
public record Report(List<Entry> entries) {

  /** One finding about one part. */
  public record Entry(String area, Finding finding) {}

  public Report {
    entries = List.copyOf(entries);
  }

  public long count(Finding.Mark mark) {
    return entries.stream().filter(entry -> entry.finding().mark() == mark).count();
  }

  /** Whether nothing was found that has to be mended. */
  public boolean isSound() {
    return count(Finding.Mark.WRONG) == 0;
  }
}
