package dev.beckon.local.torture;

import java.util.SplittableRandom;

/**
 * One file of a round, made up from the seed: one row in fifty has no address, one in fifty repeats
 * a recipient of the same file, one in fifty a recipient that the feed's first file has too.
 *
 * @param bad rows intake must refuse
 */
record TortureFile(String feed, String key, String content, int rows, int bad) {

  static TortureFile of(String feed, int number, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed * 31 + number);
    StringBuilder text = new StringBuilder("email,first_name,language\n");
    int bad = 0;
    for (int row = 0; row < rows; row++) {
      int kind = random.nextInt(50);
      if (kind == 0) {
        bad++;
        text.append("nobody.at.all");
      } else if (kind == 1 && row > 0) {
        text.append(address(feed, number, random.nextInt(row)));
      } else if (kind == 2) {
        text.append(address(feed, 0, random.nextInt(rows)));
      } else {
        text.append(address(feed, number, row));
      }
      text.append(",Ann,en\n");
    }
    return new TortureFile(feed, feed + "/incoming/" + number + ".csv", text.toString(), rows, bad);
  }

  private static String address(String feed, int number, int row) {
    return feed + "." + number + "." + row + "@example.com";
  }
}
