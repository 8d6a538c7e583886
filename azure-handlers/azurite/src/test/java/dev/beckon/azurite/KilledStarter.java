package dev.beckon.azurite;

/** A process that starts the emulator, prints its number and ends without any hook being run. */
final class KilledStarter {
  static final int HALTED = 3;

  private KilledStarter() {}

  public static void main(String[] args) {
    System.out.println(Azurite.start(AzuriteOptions.standard()).process().pid());
    System.out.flush();
    Runtime.getRuntime().halt(HALTED);
  }
}
