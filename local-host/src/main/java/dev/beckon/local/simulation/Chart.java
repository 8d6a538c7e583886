package dev.beckon.local.simulation;

import dev.beckon.local.simulation.Canvas.Anchor;
import dev.beckon.local.simulation.Course.Step;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Draws the course of a simulation: three panels over one axis of time. Stateless. */
final class Chart {
  static final int WIDTH = 960;
  static final int HEIGHT = 816;

  private static final String SENT = "#2b6cb0";
  private static final String FAILED = "#dd6b20";
  private static final String WAITING = "#a0aec0";
  private static final String MEAN = "#2f855a";
  private static final String SO_FAR = "#1a202c";
  private static final String INK = "#1a202c";
  private static final String GREY = "#5f6b7a";

  private static final int TOP = 128;
  private static final int PANEL = 160;
  private static final int GAP = 62;

  private final Course course;

  Chart(Course course) {
    this.course = course;
  }

  String title() {
    return String.format(
        Locale.ROOT,
        "SMS alerts: %,d of %,d messages settled in %s",
        course.end().settled(),
        course.end().total(),
        seconds(course.length().toMillis()));
  }

  String subtitle() {
    Figures end = course.end();
    double took = course.length().toMillis() / 1e3;
    return String.format(
        Locale.ROOT,
        "%,d sent · %,d failed (%.1f %%) · %,d in doubt · mean time %s a message · %,.1f messages a second",
        end.sent(),
        end.failed(),
        end.settled() == 0 ? 0 : 100.0 * end.failed() / end.settled(),
        end.inDoubt(),
        end.mean(),
        took == 0 ? 0 : end.settled() / took);
  }

  String footnote() {
    return "begun "
        + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss XXX", Locale.ROOT)
            .withZone(ZoneId.systemDefault())
            .format(course.begun())
        + " · one step is "
        + seconds(course.step())
        + " · simulated network, numbers of the fictitious ranges";
  }

  /** Draws everything; with nothing settled it says so. */
  void draw(Canvas canvas) {
    canvas.box(0, 0, WIDTH, HEIGHT, "#ffffff");
    canvas.text(Panel.LEFT, 40, title(), 22, true, Anchor.START, INK);
    canvas.text(Panel.LEFT, 66, subtitle(), 13, false, Anchor.START, GREY);
    canvas.text(Panel.LEFT, HEIGHT - 14, footnote(), 11, false, Anchor.START, GREY);
    List<Step> steps = course.steps();
    if (steps.isEmpty()) {
      canvas.text(
          WIDTH / 2.0, 400, "No message was sent or failed.", 16, false, Anchor.MIDDLE, GREY);
      return;
    }
    double rate = 1e3 / course.step();
    Panel messages =
        new Panel(canvas, TOP, PANEL, "Messages", "messages", course)
            .upTo(steps.stream().mapToDouble(s -> Math.max(s.sentInAll(), s.waiting())).max());
    messages.legend("waiting", WAITING, "sent", SENT, "failed", FAILED);
    messages.line(steps, Step::waiting, WAITING, false);
    messages.line(steps, Step::sentInAll, SENT, false);
    messages.line(steps, Step::failedInAll, FAILED, false);
    Panel speed =
        new Panel(canvas, TOP + PANEL + GAP, PANEL, "Speed", "messages a second", course)
            .upTo(steps.stream().mapToDouble(s -> (s.sent() + s.failed()) * rate).max());
    speed.legend("sent", SENT, "failed", FAILED);
    speed.bars(steps, step -> step.sent() * rate, SENT, step -> step.failed() * rate, FAILED);
    Panel time =
        new Panel(
                canvas, TOP + 2 * (PANEL + GAP), PANEL, "Time of a message", "milliseconds", course)
            .upTo(steps.stream().mapToDouble(Step::millis).filter(ms -> !Double.isNaN(ms)).max());
    time.legend("mean of the step", MEAN, "mean so far", SO_FAR);
    time.line(steps, Step::millis, MEAN, false);
    time.line(steps, Step::soFar, SO_FAR, true);
    canvas.text(
        (Panel.LEFT + Panel.RIGHT) / 2.0,
        TOP + 3 * PANEL + 2 * GAP + 38,
        "seconds since the first message was settled",
        12,
        false,
        Anchor.MIDDLE,
        GREY);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, millis % 1_000 == 0 ? "%,.0f s" : "%,.1f s", millis / 1e3);
  }
}
