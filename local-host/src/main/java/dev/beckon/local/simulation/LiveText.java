package dev.beckon.local.simulation;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * Figures that change: redrawn in place on a terminal, printed line by line elsewhere. Not
 * thread-safe.
 */
public final class LiveText {
  private final PrintWriter out;
  private final boolean terminal;
  private final Duration plainEvery;
  private long lastPlain;
  private int drawn;

  /**
   * @param plainEvery how often a line is printed where nothing can be redrawn
   */
  public LiveText(PrintWriter out, boolean terminal, Duration plainEvery) {
    this.out = out;
    this.terminal = terminal;
    this.plainEvery = plainEvery;
    this.lastPlain = System.nanoTime() - plainEvery.toNanos();
  }

  /**
   * Shows the newest figures.
   *
   * @param block lines for a terminal, each narrow enough for it
   * @param line the same for a file
   */
  public void show(String block, String line) {
    if (terminal) {
      erase();
      out.println(block);
      drawn = (int) block.lines().count();
    } else if (System.nanoTime() - lastPlain >= plainEvery.toNanos()) {
      out.println(line);
      lastPlain = System.nanoTime();
    }
    out.flush();
  }

  /** Prints something that stays, below the last figures. */
  public void say(String text) {
    out.println(text);
    out.flush();
    drawn = 0;
  }

  /** Takes the last figures away, so that something else can stand there. */
  public void erase() {
    if (terminal && drawn > 0) {
      out.print("\u001b[" + drawn + "A\r\u001b[J");
      out.flush();
      drawn = 0;
    }
  }
}
