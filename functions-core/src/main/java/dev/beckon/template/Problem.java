package dev.beckon.template;

/**
 * One thing wrong with a template or link, and what to do about it.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units as editors count
 * @param message what is wrong and the remedy; quotes the template, never a recipient's value
 */
public record Problem(int line, int column, String message) {
  public Problem {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("lines and columns count from 1");
    }
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column + ": " + message;
  }
}
