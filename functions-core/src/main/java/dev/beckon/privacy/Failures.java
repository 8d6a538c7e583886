package dev.beckon.privacy;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Tells of failures without repeating what they were about: messages of drivers and of the JDK
 * quote documents, addresses and URLs.
 */
public final class Failures {
  private static final String OURS = "dev.beckon.";
  private static final int MOST_FRAMES = 6;
  private static final int MOST_CAUSES = 5;

  private Failures() {}

  /** Kinds and places of a failure and its causes; the message only where the text is ours. */
  public static String tell(Throwable failure) {
    StringBuilder told = new StringBuilder();
    Throwable at = failure;
    for (int depth = 0; at != null && depth < MOST_CAUSES; depth++) {
      told.append(depth == 0 ? "" : "; caused by ").append(one(at));
      at = at.getCause();
    }
    return told.toString();
  }

  private static String one(Throwable failure) {
    StackTraceElement[] frames = failure.getStackTrace();
    String message = failure.getMessage();
    boolean ours = frames.length > 0 && frames[0].getClassName().startsWith(OURS);
    String places =
        Arrays.stream(frames)
            .filter(frame -> frame.getClassName().startsWith(OURS))
            .limit(MOST_FRAMES)
            .map(frame ->
                frame.getClassName().substring(OURS.length())
                    + "."
                    + frame.getMethodName()
                    + ":"
                    + frame.getLineNumber())
            .collect(Collectors.joining(" < "));
    return failure.getClass().getName()
        + (ours && message != null ? " (" + Scrubber.scrub(message) + ")" : "")
        + (places.isEmpty() ? "" : " at " + places);
  }
}
