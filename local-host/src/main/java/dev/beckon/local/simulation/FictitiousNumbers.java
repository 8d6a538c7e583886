package dev.beckon.local.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Telephone numbers that are valid and nobody's: 555-0100 to 555-0199 are kept for fiction in every
 * North American area code. The ranges of other countries are too small, or no number a check would
 * let pass. Not thread-safe.
 */
final class FictitiousNumbers {
  private static final List<String> AREAS =
      List.of(
          """
          201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239
          240 248 251 252 253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312
          313 314 315 316 317 318 319 320 321 323 325 330 331 334 336 337 339 347 351 352 360 361 386 401
          402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 424 425 430 432 434 435 440 443 469
          478 479 480 484 501 502 503 504 505 507 508 509 510 512 513 515 516 517 518 520 530 540 541 551
          """
              .strip()
              .split("\\s+"));

  private static final int LINES = 100;

  private final RandomGenerator random;
  private final int[] numbers = new int[AREAS.size() * LINES];

  FictitiousNumbers(RandomGenerator random) {
    this.random = random;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
  }

  /** How many there are. */
  static int size() {
    return AREAS.size() * LINES;
  }

  /** So many different numbers in E.164, in random order. */
  List<String> draw(int count) {
    List<String> drawn = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i, numbers.length);
      int number = numbers[other];
      numbers[other] = numbers[i];
      numbers[i] = number;
      drawn.add("+1%s55501%02d".formatted(AREAS.get(number / LINES), number % LINES));
    }
    return drawn;
  }
}
