package dev.beckon.template;

import java.util.List;

/** A text sent once for many recipients, each of whom brings the values of its variables. */
public record SharedText(List<Segment> segments) {
  public SharedText {
    segments = List.copyOf(segments);
  }

  /** The text of one recipient. */
  public String expand(List<String> values) {
    StringBuilder out = new StringBuilder();
    for (Segment segment : segments) {
      switch (segment) {
        case Segment.Text text -> out.append(text.text());
        case Segment.Variable variable -> out.append(values.get(variable.number()));
      }
    }
    return out.toString();
  }

  /** How long the text of one recipient is, in characters. */
  long length(List<String> values) {
    long length = literalLength();
    for (Segment segment : segments) {
      if (segment instanceof Segment.Variable variable) {
        length += values.get(variable.number()).length();
      }
    }
    return length;
  }

  long literalLength() {
    long length = 0;
    for (Segment segment : segments) {
      length += segment instanceof Segment.Text text ? text.text().length() : 0;
    }
    return length;
  }

  /** How many values are inserted. */
  int gaps() {
    int gaps = 0;
    for (Segment segment : segments) {
      gaps += segment instanceof Segment.Variable ? 1 : 0;
    }
    return gaps;
  }
}
