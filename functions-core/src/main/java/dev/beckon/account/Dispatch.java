package dev.beckon.account;

import dev.beckon.invitation.Channel;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configured survey mailing. Immutable.
 *
 * @param routes the channels in order of preference
 * @param templates language → channel → sources
 * @param surveyLink pattern such as {@code https://survey.example/{token}?store={store}}
 * @param fields the fields its templates and link may use
 * @param zone of recipients whose own is not known
 */
public record Dispatch(
    String id,
    String name,
    State state,
    List<Route> routes,
    String defaultLanguage,
    Map<String, Map<Channel, MessageSource>> templates,
    String surveyLink,
    Map<String, FieldRule> fields,
    Policy policy,
    ZoneId zone) {

  /** Whether invitations go out. */
  public enum State {
    LIVE,
    PAUSED
  }

  public Dispatch {
    routes = List.copyOf(routes);
    templates = Map.copyOf(templates);
    fields = Map.copyOf(fields);
  }

  public Optional<Route> route(Channel channel) {
    return routes.stream().filter(route -> route.channel() == channel).findFirst();
  }

  /** The language to write to a recipient in: theirs, its base language, or the default. */
  public String languageFor(@Nullable String wished) {
    if (wished == null) {
      return defaultLanguage;
    }
    if (templates.containsKey(wished)) {
      return wished;
    }
    int dash = wished.indexOf('-');
    String base = dash > 0 ? wished.substring(0, dash) : wished;
    return templates.containsKey(base) ? base : defaultLanguage;
  }
}
