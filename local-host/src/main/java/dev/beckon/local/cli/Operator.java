package dev.beckon.local.cli;

/** Who gives a command: the name that events and journals tell. */
final class Operator {
  private Operator() {}

  static String name() {
    return System.getProperty("user.name", "somebody");
  }
}
