package dev.beckon.template;

import org.jspecify.annotations.Nullable;

/**
 * Where in an HTML document the compiler stands. Follows the states of the <a
 * href="https://html.spec.whatwg.org/multipage/parsing.html#tokenization">HTML tokenizer</a> as far
 * as they decide how a value is escaped; what differs between readers is refused. Not thread-safe.
 */
final class HtmlContext {
  /** Names and beginnings longer than this are nothing we look for. */
  private static final int REMEMBERED = 64;

  private enum State {
    TEXT,
    TAG_OPEN,
    END_TAG_OPEN,
    TAG_NAME,
    BEFORE_ATTRIBUTE,
    ATTRIBUTE_NAME,
    AFTER_ATTRIBUTE_NAME,
    BEFORE_VALUE,
    QUOTED,
    UNQUOTED,
    AFTER_VALUE,
    /** Arms of a block ended at different places inside one tag: white space must follow. */
    SEAM,
    MARKUP,
    BOGUS,
    COMMENT,
    ELEMENT_TEXT;

    boolean mayMeet() {
      return switch (this) {
        case TAG_NAME, BEFORE_ATTRIBUTE, ATTRIBUTE_NAME, AFTER_ATTRIBUTE_NAME, AFTER_VALUE, SEAM ->
            true;
        case TEXT,
            TAG_OPEN,
            END_TAG_OPEN,
            BEFORE_VALUE,
            QUOTED,
            UNQUOTED,
            MARKUP,
            BOGUS,
            COMMENT,
            ELEMENT_TEXT ->
            false;
      };
    }
  }

  private enum Address {
    BEGINS,
    SETTLED,
    /** Arms of a block wrote different beginnings. */
    UNSURE
  }

  private State state = State.TEXT;
  private String tag = "";
  private boolean endTag;
  private String attribute = "";
  private char quote;
  private Address address = Address.BEGINS;
  private String beginning = "";

  /** The last few characters, where an end may be under way. */
  private String pending = "";

  HtmlContext copy() {
    HtmlContext copy = new HtmlContext();
    copy.state = state;
    copy.tag = tag;
    copy.endTag = endTag;
    copy.attribute = attribute;
    copy.quote = quote;
    copy.address = address;
    copy.beginning = beginning;
    copy.pending = pending;
    return copy;
  }

  /** Takes in how another arm of the same block ended; false if both cannot go on together. */
  boolean meet(HtmlContext other) {
    if (state == State.TEXT && other.state == State.TEXT) {
      return true;
    }
    if (!tag.equals(other.tag) || endTag != other.endTag) {
      return false;
    }
    if (state.mayMeet() && other.state.mayMeet()) {
      boolean same = state == other.state && attribute.equals(other.attribute);
      boolean onlyPlace = state == State.BEFORE_ATTRIBUTE || state == State.AFTER_VALUE;
      if (!same && !(onlyPlace && state == other.state) && !bothNamed(other)) {
        state = State.SEAM;
      }
      return true;
    }
    if (state != other.state
        || quote != other.quote
        || !attribute.equals(other.attribute)
        || !pending.equals(other.pending)) {
      return false;
    }
    if (address != other.address || !beginning.equals(other.beginning)) {
      boolean settled = address == Address.SETTLED && other.address == Address.SETTLED;
      address = settled ? Address.SETTLED : Address.UNSURE;
      beginning = "";
    }
    return true;
  }

  private boolean bothNamed(HtmlContext other) {
    return state == State.TAG_NAME && other.state == State.TAG_NAME;
  }

  /** Goes on over literal text that stands at {@code offset} in the source. */
  void literal(String text, int offset, Problems problems) {
    for (int i = 0; i < text.length(); i++) {
      String wrong = step(text.charAt(i));
      if (wrong != null) {
        problems.add(offset + i, wrong);
      }
    }
  }

  /** Returns why no value may stand here, or null if it may. */
  @Nullable String refusal() {
    return switch (state) {
      case TEXT -> null;
      case QUOTED -> quotedRefusal();
      case TAG_OPEN, END_TAG_OPEN, TAG_NAME ->
          "a value cannot be part of a tag's name: write the tag out";
      case BEFORE_ATTRIBUTE, ATTRIBUTE_NAME, AFTER_ATTRIBUTE_NAME, AFTER_VALUE, SEAM ->
          "a value cannot be part of an attribute's name: write it out, or use {% if %}";
      case BEFORE_VALUE, UNQUOTED ->
          "put quotes around the value of " + attribute + ": " + attribute + "=\"{{ … }}\"";
      case MARKUP, BOGUS, COMMENT ->
          "values cannot be made safe in comments and declarations: move it out";
      case ELEMENT_TEXT ->
          Html.isRawText(tag) || !pending.isEmpty()
              ? "values cannot be made safe inside <" + tag + ">: write it out"
              : null;
    };
  }

  private @Nullable String quotedRefusal() {
    String never = Html.refusal(tag, attribute);
    if (never != null || !Html.isAddress(attribute) || address == Address.SETTLED) {
      return never;
    }
    if (address == Address.UNSURE) {
      return "the address begins differently by case: put the whole address into each case";
    }
    return beginning.isEmpty()
        ? null
        : "begin the address with https://, or with / ? or # if it is relative";
  }

  /** Returns how a value is written here, and goes on behind it; only if not refused. */
  Sink value(boolean encoded) {
    if (state != State.QUOTED || !Html.isAddress(attribute)) {
      return Sink.HTML;
    }
    if (address == Address.SETTLED) {
      return encoded ? Sink.HTML : Sink.ADDRESS_PART;
    }
    address = Address.SETTLED;
    beginning = "";
    return Sink.ADDRESS;
  }

  /** Returns what is wrong with ending the document here, or null. */
  @Nullable String unfinished() {
    return switch (state) {
      case TEXT, TAG_OPEN -> null;
      case COMMENT -> "a comment is never closed: end it with -->";
      case ELEMENT_TEXT -> "<" + tag + "> is never closed: end it with </" + tag + ">";
      case QUOTED -> "the value of " + attribute + " has no closing quote: add " + quote;
      case END_TAG_OPEN,
          TAG_NAME,
          BEFORE_ATTRIBUTE,
          ATTRIBUTE_NAME,
          AFTER_ATTRIBUTE_NAME,
          BEFORE_VALUE,
          UNQUOTED,
          AFTER_VALUE,
          SEAM,
          MARKUP,
          BOGUS ->
          "the last tag is never closed: end it with >";
    };
  }

  private @Nullable String step(char c) {
    switch (state) {
      case TEXT -> state = c == '<' ? State.TAG_OPEN : State.TEXT;
      case TAG_OPEN -> tagOpen(c);
      case END_TAG_OPEN -> {
        state = c == '>' ? State.TEXT : State.BOGUS;
        if (isLetter(c)) {
          open(c, true);
        }
      }
      case TAG_NAME -> {
        if (isSpace(c) || c == '/') {
          state = State.BEFORE_ATTRIBUTE;
        } else if (c == '>') {
          close();
        } else {
          tag = remember(tag, c);
        }
      }
      case SEAM -> {
        boolean apart = isSpace(c) || c == '/' || c == '>';
        beforeAttribute(c);
        return apart ? null : "write a space here: a block inside this tag ends just before";
      }
      case BEFORE_ATTRIBUTE, AFTER_VALUE -> beforeAttribute(c);
      case ATTRIBUTE_NAME -> {
        if (c == '=') {
          state = State.BEFORE_VALUE;
        } else if (isSpace(c)) {
          state = State.AFTER_ATTRIBUTE_NAME;
        } else if (c == '/' || c == '>') {
          beforeAttribute(c);
        } else {
          attribute = remember(attribute, c);
        }
      }
      case AFTER_ATTRIBUTE_NAME -> {
        if (c == '=') {
          state = State.BEFORE_VALUE;
        } else if (!isSpace(c)) {
          beforeAttribute(c);
        }
      }
      case BEFORE_VALUE -> beforeValue(c);
      case QUOTED -> {
        if (c == quote) {
          state = State.AFTER_VALUE;
        } else {
          inAddress(c);
        }
      }
      case UNQUOTED -> {
        if (isSpace(c)) {
          state = State.BEFORE_ATTRIBUTE;
        } else if (c == '>') {
          close();
        }
      }
      case MARKUP -> {
        boolean comment = c == '-' && pending.equals("-");
        if (c == '>') {
          state = State.TEXT;
        } else if (comment) {
          state = State.COMMENT;
        } else if (c != '-') {
          state = State.BOGUS;
        }
        pending = comment ? "^" : state == State.MARKUP ? "-" : "";
      }
      case BOGUS -> state = c == '>' ? State.TEXT : State.BOGUS;
      case COMMENT -> comment(c);
      case ELEMENT_TEXT -> {
        return elementText(c);
      }
    }
    return null;
  }

  private void tagOpen(char c) {
    if (isLetter(c)) {
      open(c, false);
      return;
    }
    pending = "";
    state =
        switch (c) {
          case '/' -> State.END_TAG_OPEN;
          case '!' -> State.MARKUP;
          case '?' -> State.BOGUS;
          case '<' -> State.TAG_OPEN;
          default -> State.TEXT;
        };
  }

  private void open(char c, boolean end) {
    state = State.TAG_NAME;
    tag = remember("", c);
    endTag = end;
    attribute = "";
  }

  private void close() {
    boolean holdsText = !endTag && (Html.isPlainText(tag) || Html.isRawText(tag));
    state = holdsText ? State.ELEMENT_TEXT : State.TEXT;
    pending = "";
  }

  private void beforeAttribute(char c) {
    if (c == '>') {
      close();
    } else if (isSpace(c) || c == '/') {
      state = State.BEFORE_ATTRIBUTE;
    } else {
      state = State.ATTRIBUTE_NAME;
      attribute = remember("", c);
    }
  }

  private void beforeValue(char c) {
    if (c == '"' || c == '\'') {
      state = State.QUOTED;
      quote = c;
      address = Address.BEGINS;
      beginning = "";
    } else if (c == '>') {
      close();
    } else if (!isSpace(c)) {
      state = State.UNQUOTED;
    }
  }

  private void inAddress(char c) {
    if (address == Address.BEGINS && Html.isAddress(attribute)) {
      if (beginning.isEmpty() && isSpace(c)) {
        return; // browsers strip it
      }
      beginning = beginning.length() < REMEMBERED ? beginning + c : beginning;
      if (Html.settles(beginning)) {
        address = Address.SETTLED;
        beginning = "";
      }
    }
  }

  /** {@code ^} in the pending text stands for the comment's beginning, which may end it at once. */
  private void comment(char c) {
    if (c == '>' && !pending.isEmpty() && !pending.equals("-")) {
      state = State.TEXT;
      pending = "";
      return;
    }
    pending =
        switch (c) {
          case '-' ->
              pending.equals("^") ? "^-" : pending.isEmpty() || pending.equals("--!") ? "-" : "--";
          case '!' -> pending.equals("--") ? "--!" : "";
          default -> "";
        };
  }

  private @Nullable String elementText(char c) {
    String end = "</" + tag;
    if (pending.length() == end.length()) {
      if (isSpace(c) || c == '/' || c == '>') {
        endTag = true;
        beforeAttribute(c);
        pending = "";
        return null;
      }
    } else if (Character.toLowerCase(c) == end.charAt(pending.length())) {
      pending += Character.toLowerCase(c);
      return null;
    }
    String before = pending;
    pending = c == '<' ? "<" : "";
    boolean markup = before.length() > 1 || (before.length() == 1 && (isLetter(c) || c == '!'));
    if (markup && Html.isPlainText(tag)) {
      return "<" + tag + "> holds text only: write &lt; for <";
    }
    if (before.equals("<") && c == '!' && tag.equals("script")) {
      return "readers differ on comments inside <script>: leave them out";
    }
    return null;
  }

  private static String remember(String name, char c) {
    return name.length() < REMEMBERED ? name + Character.toLowerCase(c) : name;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
  }
}
