package dev.beckon.local.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request of a {@code .http} file, its variables not yet filled in.
 *
 * @param title what stands behind its {@code ###}
 * @param name by which later requests quote its answer; null when none does
 * @param statuses any of them is right
 * @param seconds how long it may be repeated until the status is right
 * @param until what its answer must come to say; null when nothing is waited for
 * @param checks what its answer must say
 */
record SampleRequest(
    String title,
    @Nullable String name,
    Set<Integer> statuses,
    int seconds,
    @Nullable Expectation until,
    List<Expectation> checks,
    String method,
    String url,
    Map<String, String> headers,
    List<String> body) {
  private static final Pattern EXPECT =
      Pattern.compile("expect (\\d{3}(?: or \\d{3})*)(?: within (\\d+) s)?");
  private static final Pattern UNTIL = Pattern.compile("until (\\$\\S*) is (.*) within (\\d+) s");
  private static final Pattern CHECK = Pattern.compile("check (\\$\\S*) is (.*)");
  private static final Pattern NAME = Pattern.compile("@name (\\w+)");
  private static final Pattern REQUEST_LINE = Pattern.compile("(GET|POST|PUT|DELETE) (\\S+)");

  /** A place in an answer and what stands there, as text. */
  record Expectation(String path, String value, int seconds) {}

  /** A file: its variables, and its requests in order. */
  record SampleFile(Map<String, String> variables, List<SampleRequest> requests) {

    static SampleFile read(Path file) throws IOException {
      Map<String, String> variables = new LinkedHashMap<>();
      List<SampleRequest> requests = new ArrayList<>();
      List<List<String>> blocks = new ArrayList<>(List.of(new ArrayList<>()));
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("### ")) {
          blocks.add(new ArrayList<>());
        }
        blocks.getLast().add(line);
      }
      for (String line : blocks.getFirst()) {
        if (line.startsWith("@")) {
          String[] parts = line.substring(1).split(" = ", 2);
          variables.put(parts[0], parts[1]);
        }
      }
      for (List<String> block : blocks.subList(1, blocks.size())) {
        requests.add(of(block));
      }
      return new SampleFile(variables, requests);
    }

    private static SampleRequest of(List<String> lines) {
      String title = lines.getFirst().substring(4);
      String name = null;
      Set<Integer> statuses = new TreeSet<>();
      int seconds = 0;
      Expectation until = null;
      List<Expectation> checks = new ArrayList<>();
      int at = 1;
      for (; lines.get(at).startsWith("#"); at++) {
        String comment = lines.get(at).substring(1).strip();
        Matcher expect = EXPECT.matcher(comment);
        Matcher wait = UNTIL.matcher(comment);
        Matcher check = CHECK.matcher(comment);
        Matcher named = NAME.matcher(comment);
        if (expect.matches()) {
          for (String status : expect.group(1).split(" or ", -1)) {
            statuses.add(Integer.parseInt(status));
          }
          seconds = expect.group(2) == null ? 0 : Integer.parseInt(expect.group(2));
        } else if (wait.matches()) {
          until = new Expectation(wait.group(1), wait.group(2), Integer.parseInt(wait.group(3)));
        } else if (check.matches()) {
          checks.add(new Expectation(check.group(1), check.group(2), 0));
        } else if (named.matches()) {
          name = named.group(1);
        }
      }
      Matcher line = REQUEST_LINE.matcher(lines.get(at));
      if (!line.matches() || statuses.isEmpty()) {
        throw new IllegalArgumentException(
            "'" + title + "' needs a request line and a comment such as '# expect 200'");
      }
      at++;
      Map<String, String> headers = new LinkedHashMap<>();
      for (; at < lines.size() && !lines.get(at).isBlank(); at++) {
        String[] parts = lines.get(at).split(": ", 2);
        headers.put(parts[0], parts[1]);
      }
      List<String> body =
          new ArrayList<>(lines.subList(Math.min(at + 1, lines.size()), lines.size()));
      while (!body.isEmpty() && body.getLast().isBlank()) {
        body.removeLast();
      }
      return new SampleRequest(
          title,
          name,
          statuses,
          seconds,
          until,
          checks,
          line.group(1),
          line.group(2),
          headers,
          body);
    }
  }
}
