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
    long length = 0;
    for (Segment segment : segments) {
      length +=
          switch (segment) {
            case Segment.Text text -> text.text().length();
            case Segment.Variable variable -> values.get(variable.number()).length();
          };
    }
    return length;
  }
}
