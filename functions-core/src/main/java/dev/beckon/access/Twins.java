package dev.beckon.access;

/** Where keys act. */
final class Twins {
  private static final String MARK = "~test";

  private Twins() {}

  static String where(String account, KeyKind kind) {
    return kind == KeyKind.TEST ? account + MARK : account;
  }
}
