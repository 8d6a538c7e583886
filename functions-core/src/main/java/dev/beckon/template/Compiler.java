package dev.beckon.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a template's source into nodes. Not thread-safe, lives for one compilation. */
final class Compiler {
  /** Blocks within blocks. */
  private static final int MAX_DEPTH = 32;

  private static final Set<String> OTHER_LIQUID =
      Set.of(
          "for",
          "tablerow",
          "cycle",
          "break",
          "continue",
          "increment",
          "decrement",
          "assign",
          "capture",
          "include",
          "render",
          "layout",
          "section",
          "liquid",
          "echo",
          "raw",
          "ifchanged");

  private final String source;
  private final Mode mode;
  private final Set<String> known;
  private final Set<String> used = new HashSet<>();
  private final Problems problems;
  private List<Token> tokens = List.of();
  private int at;
  private HtmlContext html = new HtmlContext();

  Compiler(String source, Mode mode, Set<String> known) {
    this.source = source;
    this.mode = mode;
    this.known = Set.copyOf(known);
    this.problems = new Problems(source);
  }

  Template compile() throws TemplateException {
    if (source.length() > Template.MAX_SOURCE) {
      problems.add(
          0, "the template is longer than " + Template.MAX_SOURCE + " characters: shorten it");
      problems.throwIfAny();
    }
    tokens = new Lexer(source, problems).tokens();
    List<Node> nodes = new ArrayList<>();
    while (at < tokens.size() && !problems.full()) {
      nodes.addAll(body(0));
      if (at < tokens.size()) {
        Token stray = tokens.get(at++);
        problems.add(
            stray.start(), "{% " + stray.word() + " %} has no block to belong to: remove it");
      }
    }
    String unfinished = mode == Mode.HTML ? html.unfinished() : null;
    if (unfinished != null) {
      problems.add(source.length(), unfinished);
    }
    problems.throwIfAny();
    return new Template(mode, nodes, used);
  }

  /** Reads up to a tag that belongs to an outer block, or the end. */
  private List<Node> body(int depth) {
    List<Node> nodes = new ArrayList<>();
    while (at < tokens.size() && !problems.full()) {
      Token token = tokens.get(at);
      switch (token.kind()) {
        case TEXT -> {
          nodes.add(text(token));
          at++;
        }
        case OUTPUT -> {
          at++;
          Node output = output(token);
          if (output != null) {
            nodes.add(output);
          }
        }
        case TAG -> {
          if (continuesBlock(token.word())) {
            return nodes;
          }
          at++;
          Node block = block(token, depth);
          if (block != null) {
            nodes.add(block);
          }
        }
      }
    }
    return nodes;
  }

  private Node text(Token token) {
    if (mode == Mode.HTML) {
      html.literal(token.content(), token.from(), problems);
    }
    if (mode == Mode.SUBJECT) {
      StringBuilder line = new StringBuilder(token.content().length());
      Sink.LINE.append(token.content(), line);
      return new Node.Literal(line.toString());
    }
    return new Node.Literal(token.content());
  }

  private @Nullable Node output(Token token) {
    Expressions.Piped piped;
    try {
      piped = expressions(token.content(), token.from()).output(mode == Mode.HTML);
    } catch (Refusal refusal) {
      problems.add(refusal.offset(), refusal.remedy());
      return null;
    }
    String refused = mode == Mode.HTML ? html.refusal() : null;
    if (refused != null) {
      problems.add(token.start(), refused);
      return null;
    }
    Sink sink =
        switch (mode) {
          case TEXT -> Sink.PLAIN;
          case SUBJECT -> Sink.LINE;
          case HTML -> html.value(piped.encoded());
        };
    return new Node.Output(
        token.content().strip(), piped.start(), List.copyOf(piped.filters()), sink);
  }

  private @Nullable Node block(Token token, int depth) {
    String word = token.word();
    if (depth >= MAX_DEPTH) {
      problems.add(token.start(), "blocks are nested deeper than " + MAX_DEPTH + ": flatten them");
      at = tokens.size();
      return null;
    }
    return switch (word) {
      case "if", "unless" -> choice(token, word, depth);
      case "case" -> cases(token, depth);
      default -> {
        problems.add(token.start(), unknownTag(word));
        yield null;
      }
    };
  }

  private static String unknownTag(String word) {
    String there = "there are if, unless, case and comment";
    if (word.isEmpty()) {
      return "this tag is empty: " + there;
    }
    String name = word.startsWith("end") ? word.substring(3) : word;
    return OTHER_LIQUID.contains(name)
        ? "\""
            + word
            + "\" is not allowed, templates have no loops, assignments or includes: "
            + there
        : "unknown tag \"" + word + "\": " + there;
  }

  private Node choice(Token open, String word, int depth) {
    Arms arms = new Arms(open);
    Condition first = condition(open);
    arms.read(open, word.equals("unless") ? new Condition.Not(first) : first, depth);
    while (at < tokens.size()) {
      Token token = tokens.get(at++);
      switch (token.word()) {
        case "elsif" -> arms.read(token, condition(token), depth);
        case "else" -> arms.read(token, null, depth);
        default -> {
          return arms.end(token, "end" + word);
        }
      }
    }
    return arms.end(null, "end" + word);
  }

  private Node cases(Token open, int depth) {
    Arms arms = new Arms(open);
    Operand subject = null;
    try {
      subject = expressions(open.rest(), open.restOffset()).subject();
    } catch (Refusal refusal) {
      problems.add(refusal.offset(), refusal.remedy());
    }
    if (at < tokens.size() && tokens.get(at).kind() == Token.Kind.TEXT) {
      Token between = tokens.get(at++);
      if (!between.content().isBlank()) {
        problems.add(
            between.from(), "nothing may stand between {% case %} and its first {% when %}");
      }
    }
    while (at < tokens.size()) {
      Token token = tokens.get(at++);
      switch (token.word()) {
        case "when" -> arms.read(token, when(token, subject), depth);
        case "else" -> arms.read(token, null, depth);
        case "endcase" -> {
          return arms.end(token, "endcase");
        }
        default -> {
          if (token.kind() == Token.Kind.TAG && continuesBlock(token.word())) {
            return arms.end(token, "endcase");
          }
          problems.add(
              token.start(), "nothing may stand between {% case %} and its first {% when %}");
        }
      }
    }
    return arms.end(null, "endcase");
  }

  private Condition when(Token token, @Nullable Operand subject) {
    try {
      Operand compared = subject == null ? Operand.Word.NIL : subject;
      return expressions(token.rest(), token.restOffset()).when(compared);
    } catch (Refusal refusal) {
      problems.add(refusal.offset(), refusal.remedy());
      return new Condition.Always();
    }
  }

  private Condition condition(Token token) {
    try {
      return expressions(token.rest(), token.restOffset()).condition();
    } catch (Refusal refusal) {
      problems.add(refusal.offset(), refusal.remedy());
      return new Condition.Always();
    }
  }

  private Expressions expressions(String content, int offset) throws Refusal {
    return new Expressions(content, offset, known, used, problems);
  }

  private static boolean continuesBlock(String word) {
    return switch (word) {
      case "elsif", "else", "when", "endif", "endunless", "endcase" -> true;
      default -> false;
    };
  }

  /** Collects the arms of one block; in HTML each begins where the block does. */
  private final class Arms {
    private final Token open;
    private final HtmlContext begin = html;
    private final List<Node.Arm> arms = new ArrayList<>();
    private @Nullable HtmlContext end;
    private boolean hasElse;

    Arms(Token open) {
      this.open = open;
    }

    /** Reads an arm whose tag was read; {@code when} is null for an {@code else}. */
    void read(Token token, @Nullable Condition when, int depth) {
      if (hasElse) {
        problems.add(token.start(), "nothing may follow {% else %}: move it before");
      }
      hasElse |= when == null;
      html = begin.copy();
      List<Node> nodes = body(depth + 1);
      arms.add(new Node.Arm(when == null ? new Condition.Always() : when, List.copyOf(nodes)));
      meet(html);
    }

    Node end(@Nullable Token token, String wanted) {
      if (token == null) {
        problems.add(open.start(), "this block is never closed: end it with {% " + wanted + " %}");
      } else if (!token.word().equals(wanted)) {
        problems.add(
            token.start(), "{% " + token.word() + " %} stands where {% " + wanted + " %} belongs");
      }
      if (!hasElse) {
        meet(begin);
      }
      html = end == null ? begin : end;
      return new Node.Branch(List.copyOf(arms));
    }

    private void meet(HtmlContext other) {
      if (end == null) {
        end = other.copy();
      } else if (mode == Mode.HTML && !end.meet(other)) {
        problems.add(
            open.start(),
            "the cases of this block end at different places of the HTML: put whole tags and"
                + " whole attributes into each");
      }
    }
  }
}
