package dev.beckon.api;

import static dev.beckon.access.Scope.CONFIGURE;
import static dev.beckon.access.Scope.READ;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.account.Language;
import dev.beckon.invitation.Channel;
import dev.beckon.operations.Configuration;
import dev.beckon.operations.Place;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.util.List;

/**
 * The templates of a dispatch: one by one, and all of a language, for a language must have every
 * channel of the dispatch. Thread-safe.
 */
final class TemplatesApi {
  private static final String ALL = "/v1/dispatches/{dispatch}/templates";
  private static final String LANGUAGE = ALL + "/{language}";
  private static final String ONE = LANGUAGE + "/{channel}";

  private final AccountChanges changes;

  TemplatesApi(Configuration configuration) {
    this.changes = new AccountChanges(configuration);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(READ, CONFIGURE, "listTemplates", "GET", ALL, this::list),
        Endpoint.of(READ, CONFIGURE, "readLanguage", "GET", LANGUAGE, this::readLanguage),
        Endpoint.of(CONFIGURE, "putLanguage", "PUT", LANGUAGE, this::putLanguage).live(),
        Endpoint.of(CONFIGURE, "deleteLanguage", "DELETE", LANGUAGE, this::deleteLanguage).live(),
        Endpoint.of(READ, CONFIGURE, "readTemplate", "GET", ONE, this::readTemplate),
        Endpoint.of(CONFIGURE, "putTemplate", "PUT", ONE, this::putTemplate).live(),
        Endpoint.of(CONFIGURE, "deleteTemplate", "DELETE", ONE, this::deleteTemplate).live());
  }

  /** Where one is found. */
  private record Entry(String language, String channel) {
    String place() {
      return language + "/" + channel;
    }
  }

  private WebReply list(Call call) throws ProblemException {
    call.knownQuery("after", "limit");
    Page.Asked asked = Page.Asked.of(call);
    JsonNode dispatch =
        Place.part("dispatches", call.path("dispatch"))
            .in(changes.configuration().tree(changes.written(call)))
            .orElseThrow(() -> Problems.missing("dispatch"));
    List<Entry> rows =
        dispatch
            .path("templates")
            .propertyStream()
            .flatMap(language ->
                language
                    .getValue()
                    .propertyStream()
                    .map(channel -> new Entry(language.getKey(), channel.getKey())))
            .filter(entry -> entry.place().compareTo(asked.after()) > 0)
            .sorted((one, other) -> one.place().compareTo(other.place()))
            .limit(asked.limit() + 1L)
            .toList();
    return Json.page(
        asked.page(rows, Entry::place),
        entry -> Json.object().put("language", entry.language()).put("channel", entry.channel()));
  }

  private WebReply readLanguage(Call call) throws ProblemException {
    return changes.read(call, language(call), "language");
  }

  private WebReply putLanguage(Call call) throws ProblemException, UnreadableRequestException {
    checkLanguage(call);
    return changes.put(call, language(call), "dispatch");
  }

  private WebReply deleteLanguage(Call call) throws ProblemException {
    return changes.takeOut(call, language(call), "language");
  }

  private WebReply readTemplate(Call call) throws ProblemException {
    return changes.read(call, template(call), "template");
  }

  private WebReply putTemplate(Call call) throws ProblemException, UnreadableRequestException {
    checkLanguage(call);
    if (Channel.ofLabel(call.path("channel")).isEmpty()) {
      throw Problems.invalid("channel", "is not a channel", "use email, sms or voice");
    }
    return changes.put(call, template(call), "dispatch");
  }

  private WebReply deleteTemplate(Call call) throws ProblemException {
    return changes.takeOut(call, template(call), "template");
  }

  private static void checkLanguage(Call call) throws ProblemException {
    if (!Language.isWritten(call.path("language"))) {
      throw Problems.invalid("language", "is not a language", "write it as en or en-GB");
    }
  }

  private static Place language(Call call) {
    return Place.language(call.path("dispatch"), call.path("language"));
  }

  private static Place template(Call call) {
    return Place.template(call.path("dispatch"), call.path("language"), call.path("channel"));
  }
}
