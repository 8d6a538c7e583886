package dev.beckon.template;

/** A piece of a text that many recipients share. */
public sealed interface Segment {
  /** What is the same for everyone. */
  record Text(String text) implements Segment {}

  /**
   * What differs by recipient: its value is inserted as it is.
   *
   * @param number of the variable, from 0
   */
  record Variable(int number) implements Segment {}
}
