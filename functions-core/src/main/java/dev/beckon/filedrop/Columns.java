package dev.beckon.filedrop;

import dev.beckon.account.Dispatch;
import dev.beckon.account.Feed;
import dev.beckon.intake.Refusal;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names the columns of a file after the fields of its dispatch. Immutable. */
final class Columns {
  private final List<String> fields;
  private final Feed feed;
  private final Dispatch dispatch;
  private final List<Used> used;

  /** A column that something is done with; of two that mean one field the later counts. */
  private record Used(int column, String field) {}

  Columns(List<String> header, Feed feed, Dispatch dispatch) {
    Map<String, String> mapping = new HashMap<>();
    feed.mapping().forEach((from, to) -> mapping.put(normal(from), to));
    this.fields =
        header.stream().map(Columns::normal).map(name -> mapping.getOrDefault(name, name)).toList();
    this.feed = feed;
    this.dispatch = dispatch;
    Set<String> wanted = new HashSet<>(dispatch.fields().keySet());
    wanted.addAll(feed.recipients().values());
    Stream.of(feed.language(), feed.zone()).filter(Objects::nonNull).forEach(wanted::add);
    this.used =
        wanted.stream()
            .filter(fields::contains)
            .map(field -> new Used(fields.lastIndexOf(field), field))
            .toList();
  }

  /** What the file lacks for its dispatch, each with the remedy; empty when it will do. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (feed.recipients().values().stream().noneMatch(fields::contains)) {
      problems.add(
          "the header has no column "
              + String.join(" or ", feed.recipients().values())
              + " for the recipient");
    }
    dispatch
        .fields()
        .forEach((field, rule) -> {
          if (rule.required() && !fields.contains(field)) {
            problems.add(
                "the header has no column "
                    + field
                    + ", which dispatch "
                    + dispatch.id()
                    + " requires");
          }
        });
    String zone = feed.zone();
    if (zone != null && !fields.contains(zone)) {
      problems.add(
          "the header has no column " + zone + " for the recipient's time zone, as the feed says");
    }
    return problems;
  }

  /** What each column of the header is used for, in words. */
  List<CheckReport.Column> uses(List<String> header) {
    List<CheckReport.Column> uses = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      uses.add(new CheckReport.Column(header.get(i), use(fields.get(i))));
    }
    return uses;
  }

  private String use(String field) {
    List<String> uses = new ArrayList<>();
    feed.recipients()
        .forEach((channel, address) -> {
          if (address.equals(field)) {
            uses.add("the recipient's address for " + channel.label());
          }
        });
    if (field.equals(feed.language())) {
      uses.add("the recipient's language");
    }
    if (dispatch.fields().containsKey(field)) {
      uses.add("field " + field);
    }
    return uses.isEmpty() ? "nothing: it is not stored" : String.join(", ", uses);
  }

  /** The rows that could be read; the others become refusals. */
  List<Row> sound(List<RawRow> raw, List<Refusal> refusals) {
    List<Row> rows = new ArrayList<>(raw.size());
    for (RawRow some : raw) {
      String problem = some.problem();
      if (problem == null) {
        rows.add(row(some));
      } else {
        refusals.add(
            new Refusal(Math.toIntExact(some.number()), "row", "row-unreadable", problem, ""));
      }
    }
    return rows;
  }

  /** A sound raw row as intake takes it; columns that nothing is done with are left out. */
  Row row(RawRow raw) {
    Map<String, String> values = HashMap.newHashMap(used.size());
    for (Used column : used) {
      values.put(column.field(), raw.cells().get(column.column()));
    }
    Map<Channel, String> addresses = new HashMap<>();
    feed.recipients()
        .forEach((channel, field) -> {
          String address = values.get(field);
          if (address != null) {
            addresses.put(channel, address);
          }
        });
    return new Row(
        Math.toIntExact(raw.number()),
        addresses,
        values,
        named(feed.language(), values),
        named(feed.zone(), values),
        feed.defaultCountry());
  }

  /** What stands in the field of this name; null when there is no such field, or nothing in it. */
  private static @Nullable String named(@Nullable String field, Map<String, String> values) {
    String value = field == null ? null : values.get(field);
    return value == null || value.isBlank() ? null : value;
  }

  /** {@code First Name} and {@code first-name} mean the field {@code first_name}. */
  private static String normal(String header) {
    return header.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
  }
}
