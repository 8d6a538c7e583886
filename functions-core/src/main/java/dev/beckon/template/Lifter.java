package dev.beckon.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lifts templates into texts that many recipients share and what differs between them: a variable
 * per value and escaping. Of links the constant pieces stay in the text. A template with blocks
 * becomes one variable. Not thread-safe, one use.
 */
public final class Lifter {
  /** What makes two variables one. */
  private sealed interface Key {
    /** An expression, as it is written for one kind of place. */
    record Expression(String source, Sink sink) implements Key {}

    /** A value percent-encoded into a link: harmless in every place alike. */
    record LinkValue(String name) implements Key {}

    /** A whole template, known by its place among the parts. */
    record Whole(int part) implements Key {}
  }

  private final Map<String, SurveyLinks> links;
  private final Map<String, String> constants;
  private final Map<Key, Integer> numbers = new LinkedHashMap<>();
  private final List<Lifted.Variable> variables = new ArrayList<>();
  private final List<SharedText> parts = new ArrayList<>();
  private final Map<String, SharedText> liftedLinks = new LinkedHashMap<>();

  /**
   * @param links names that stand for a link of their own for every recipient
   * @param constants names whose value is the same for all recipients
   */
  public Lifter(Map<String, SurveyLinks> links, Map<String, String> constants) {
    this.links = Map.copyOf(links);
    this.constants = Map.copyOf(constants);
  }

  /** Adds a template as the next part. */
  public void add(Template template) {
    Pieces pieces = new Pieces();
    if (template.isStraightLine()) {
      template.forEachNode(node -> {
        switch (node) {
          case Node.Literal literal -> pieces.text(literal.text());
          case Node.Output output -> output(output, pieces);
          case Node.Branch branch -> throw new IllegalStateException("a block in a straight line");
        }
      });
    } else {
      pieces.variable(
          number(
              new Key.Whole(parts.size()), (values, ofLinks, out) -> template.render(values, out)));
    }
    parts.add(pieces.text());
  }

  /** Adds a link of its own, as plain text, as the next part. */
  public void add(SurveyLinks link) {
    parts.add(lifted(link, Sink.PLAIN));
  }

  /** All parts added so far. */
  public Lifted lift() {
    return new Lifted(parts, List.copyOf(liftedLinks.values()), variables);
  }

  private void output(Node.Output output, Pieces pieces) {
    SurveyLinks link = link(output);
    if (link != null) {
      liftedLinks.computeIfAbsent(output.source(), any -> lifted(link, Sink.PLAIN));
      steps(link, output.sink(), pieces);
    } else if (isConstant(output)) {
      StringBuilder out = new StringBuilder();
      output.render(constants::get, out, Template.MAX_OUTPUT);
      pieces.text(out.toString());
    } else {
      Key key = new Key.Expression(output.source(), output.sink());
      pieces.variable(
          number(key, (values, ofLinks, out) -> output.render(values, out, Template.MAX_OUTPUT)));
    }
  }

  /** The link that an output writes unchanged; null when it writes anything else. */
  private @Nullable SurveyLinks link(Node.Output output) {
    if (!output.filters().isEmpty()
        || !(output.start() instanceof Operand.Name(String name))
        || output.sink() == Sink.ADDRESS_PART) {
      return null;
    }
    SurveyLinks link = links.get(name);
    return link != null && link.isAddress() ? link : null;
  }

  private boolean isConstant(Node.Output output) {
    return output.filters().isEmpty()
        && !(output.start() instanceof Operand.Name(String name) && !constants.containsKey(name));
  }

  private SharedText lifted(SurveyLinks link, Sink sink) {
    Pieces pieces = new Pieces();
    steps(link, sink, pieces);
    return pieces.text();
  }

  /** A sink treats character for character, so the pieces of an address may be escaped apart. */
  private void steps(SurveyLinks link, Sink sink, Pieces pieces) {
    Sink escaping = sink == Sink.ADDRESS ? Sink.HTML : sink;
    Consumer<String> literal =
        text -> {
          StringBuilder out = new StringBuilder();
          escaping.append(text, out);
          pieces.text(out.toString());
        };
    link.forEachStep(
        literal,
        name -> {
          String constant = constants.get(name);
          if (constant != null) {
            literal.accept(Percent.encode(constant));
          } else {
            pieces.variable(
                number(
                    new Key.LinkValue(name),
                    (values, ofLinks, out) -> SurveyLinks.append(ofLinks.get(name), out)));
          }
        });
  }

  private int number(Key key, Lifted.Variable variable) {
    Integer known = numbers.putIfAbsent(key, variables.size());
    if (known != null) {
      return known;
    }
    variables.add(variable);
    return variables.size() - 1;
  }

  /** Collects segments; texts beside each other become one. */
  private static final class Pieces {
    private final List<Segment> segments = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    void text(String more) {
      text.append(more);
    }

    void variable(int number) {
      flush();
      segments.add(new Segment.Variable(number));
    }

    SharedText text() {
      flush();
      return new SharedText(segments);
    }

    private void flush() {
      if (!text.isEmpty()) {
        segments.add(new Segment.Text(text.toString()));
        text.setLength(0);
      }
    }
  }
}
