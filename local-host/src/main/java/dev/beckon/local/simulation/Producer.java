package dev.beckon.local.simulation;

import dev.beckon.account.Account;
import dev.beckon.app.Application;
import dev.beckon.intake.Intake;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Receipt;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Lane;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Makes messages to random numbers and hands them to the intake. Not thread-safe. */
public final class Producer {
  /** So many senders find work of their own at the same time. */
  private static final int SHARES = 64;

  private static final int FEWEST_A_CALL = 50;

  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,!?-+*/()&%#";

  private final Application application;
  private final Clock clock;

  public Producer(Application application, Clock clock) {
    this.application = application;
    this.clock = clock;
  }

  /**
   * What is to be made.
   *
   * @param messages how many
   * @param length the longest text, in characters
   * @param seed decides on numbers and texts
   */
  public record Order(int messages, int length, long seed) {}

  /**
   * What became of it so far.
   *
   * @param calls of the intake
   */
  public record Made(int accepted, int refused, int calls, Duration took) {

    public double perSecond() {
      return took.isZero() ? 0 : accepted / (took.toNanos() / 1e9);
    }
  }

  /** Makes messages, telling after each call of the intake how far it is. */
  public Made make(Order order, Consumer<Made> progress) {
    Account account = new Alerts(application).account();
    RandomGenerator random = new SplittableRandom(order.seed());
    FictitiousNumbers numbers = new FictitiousNumbers(random);
    String run = "sms" + UUID.randomUUID().toString().substring(0, 8);
    int most = rowsACall(order.messages());
    long begun = System.nanoTime();
    Made made = new Made(0, 0, 0, Duration.ZERO);
    for (int left = order.messages(); left > 0; left -= most) {
      List<Row> rows = rows(numbers.draw(Math.min(left, most)), order.length(), random);
      Receipt receipt =
          application
              .intake()
              .accept(
                  new IntakeRequest(
                      account,
                      account.requireDispatch(Alerts.NAME),
                      "%sn%05d".formatted(run, made.calls()),
                      "0",
                      Lane.BULK,
                      clock.instant(),
                      rows));
      int accepted = receipt.stored().getOrDefault(InvitationState.ACCEPTED, 0);
      made =
          new Made(
              made.accepted() + accepted,
              made.refused() + rows.size() - accepted,
              made.calls() + 1,
              Duration.ofNanos(System.nanoTime() - begun));
      progress.accept(made);
    }
    return made;
  }

  /**
   * Each call is a batch, and its parcels are the units senders share: few messages are handed in
   * in small calls, so that there is work for several.
   */
  static int rowsACall(int messages) {
    return Math.clamp(Math.ceilDiv(messages, SHARES), FEWEST_A_CALL, Intake.MOST_ROWS);
  }

  private static List<Row> rows(List<String> numbers, int length, RandomGenerator random) {
    List<Row> rows = new ArrayList<>(numbers.size());
    for (String number : numbers) {
      rows.add(
          new Row(
              rows.size() + 1,
              Map.of(Channel.SMS, number),
              Map.of(Alerts.TEXT, text(random.nextInt(1, length + 1), random)),
              null,
              null));
    }
    return rows;
  }

  /** Blanks only inside: a text of blanks alone would be none. */
  private static String text(int length, RandomGenerator random) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      boolean blank = i > 0 && i < length - 1 && random.nextInt(8) == 0;
      text.append(blank ? ' ' : CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return text.toString();
  }
}
