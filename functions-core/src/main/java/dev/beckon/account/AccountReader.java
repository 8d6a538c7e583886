package dev.beckon.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.invitation.Channel;
import dev.beckon.json.JsonReader;
import dev.beckon.json.StrictJson;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads an account document. Everything wrong with it is named by path in one exception; unknown
 * keys are problems too, so that a misspelt one is not silently without effect. Thread-safe.
 */
public final class AccountReader {
  /** Chunk objects live for seven days and are sealed under the same keys. */
  private static final Duration SHORTEST_RETENTION = Duration.ofDays(8);

  /** Characters; the store takes no document of more than 16 MB. */
  private static final int MAX_DOCUMENT = 4_000_000;

  /** What a template can ask for. */
  private static final Pattern FIELD = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_.-]{0,99}");

  private final StrictJson json = new StrictJson();

  /**
   * @throws InvalidAccountException naming every problem
   */
  public Account read(String document, long version) {
    List<String> problems = new ArrayList<>();
    if (document.length() > MAX_DOCUMENT) {
      throw new InvalidAccountException(
          List.of("the document: is longer than " + MAX_DOCUMENT + " characters; shorten it"));
    }
    JsonNode root;
    try {
      root = json.parse(document);
    } catch (StrictJson.MalformedException e) {
      throw new InvalidAccountException(List.of(String.valueOf(e.getMessage())));
    }
    Account account = account(new JsonReader(root, "", problems), version);
    if (problems.isEmpty()) {
      checkReferences(account, problems);
      checkRetention(account, problems);
    }
    if (!problems.isEmpty()) {
      throw new InvalidAccountException(problems);
    }
    return account;
  }

  private static Account account(JsonReader root, long version) {
    root.known(
        "id", "name", "retention", "fatigue", "vendorAccounts", "dispatches", "feeds", "notices");
    String id = root.identifier("id");
    Map<String, VendorAccount> vendorAccounts = new HashMap<>();
    root.eachNamed(
        "vendorAccounts", (name, node) -> vendorAccounts.put(name, vendorAccount(name, node)));
    Map<String, Dispatch> dispatches = new HashMap<>();
    root.eachNamed("dispatches", (name, node) -> dispatches.put(name, dispatch(name, node)));
    Map<String, Feed> feeds = new HashMap<>();
    root.eachNamed("feeds", (name, node) -> feeds.put(name, FeedReader.read(name, node)));
    Map<String, Notice> notices = new HashMap<>();
    root.eachNamed("notices", (name, node) -> notices.put(name, NoticeReader.read(name, node)));
    Duration fatigue = root.duration("fatigue", Duration.ZERO);
    if (fatigue.isNegative()) {
      root.problem("fatigue", "must not be negative");
      fatigue = Duration.ZERO;
    }
    return new Account(
        id,
        version,
        root.text("name", id),
        root.duration("retention", Account.DEFAULT_RETENTION),
        fatigue,
        vendorAccounts,
        dispatches,
        feeds,
        notices);
  }

  private static VendorAccount vendorAccount(String name, JsonReader node) {
    node.known("vendor", "settings", "limits");
    return new VendorAccount(
        name, node.text("vendor"), node.texts("settings"), LimitsReader.read(node.child("limits")));
  }

  private static Dispatch dispatch(String name, JsonReader node) {
    node.known(
        "name",
        "state",
        "routes",
        "defaultLanguage",
        "templates",
        "surveyLink",
        "fields",
        "policy",
        "zone");
    List<Route> routes = new ArrayList<>();
    node.items(
        "routes",
        route -> {
          route.known("channel", "vendors");
          List<String> vendors = route.list("vendors");
          if (vendors.isEmpty()) {
            route.problem("vendors", "needs at least one vendor account");
          }
          if (Set.copyOf(vendors).size() < vendors.size()) {
            route.problem("vendors", "names a vendor account twice; each may stand once");
          }
          route
              .channel("channel")
              .ifPresent(channel -> {
                if (routes.stream().anyMatch(known -> known.channel() == channel)) {
                  route.problem("channel", "'" + channel.label() + "' has a route already");
                }
                routes.add(new Route(channel, vendors));
              });
        });
    if (routes.isEmpty()) {
      node.problem("routes", "needs at least one channel");
    }
    Map<String, Map<Channel, MessageSource>> templates = new HashMap<>();
    node.each(
        "templates",
        (language, byChannel) -> {
          if (!Language.isWritten(language)) {
            byChannel.problem("", "write languages as en or en-GB");
          }
          Map<Channel, MessageSource> sources = new HashMap<>();
          byChannel.eachHere((label, source) -> {
            source.known("subject", "text", "html");
            Channel.ofLabel(label)
                .ifPresentOrElse(
                    channel ->
                        sources.put(
                            channel,
                            new MessageSource(
                                source.optional("subject"),
                                source.text("text"),
                                source.optional("html"))),
                    () -> source.problem("", "is not a channel; use email, sms or voice"));
          });
          if (templates.put(language.toLowerCase(Locale.ROOT), Map.copyOf(sources)) != null) {
            byChannel.problem("", "stands twice when upper and lower case are the same");
          }
        });
    Map<String, FieldRule> fields = new HashMap<>();
    node.each(
        "fields",
        (field, rule) -> {
          rule.known("required");
          if (!FIELD.matcher(field).matches()) {
            rule.problem(
                "",
                "the name '"
                    + field
                    + "' must be a letter or _, then letters, digits and _ . - only, 100 at most");
          }
          fields.put(field, new FieldRule(rule.flag("required", false)));
        });
    return new Dispatch(
        name,
        node.text("name", name),
        node.oneOf("state", Dispatch.State.class, Dispatch.State.LIVE),
        routes,
        node.text("defaultLanguage", "en").toLowerCase(Locale.ROOT),
        templates,
        node.text("surveyLink"),
        fields,
        PolicyReader.read(node.child("policy"), routes.size()),
        node.zone("zone", ZoneOffset.UTC));
  }

  /** An invitation must still be readable as long as it may go out. */
  private static void checkRetention(Account account, List<String> problems) {
    if (account.retention().compareTo(SHORTEST_RETENTION) < 0) {
      problems.add(
          "retention: "
              + account.retention()
              + " is too short: the rows of a file are read again for up to a week; write P8D or more");
    }
    for (Dispatch dispatch : account.dispatches().values()) {
      Duration open = dispatch.policy().delay().plus(dispatch.policy().expires());
      if (open.compareTo(account.retention()) > 0) {
        problems.add(
            "retention: "
                + account.retention()
                + " is shorter than dispatches."
                + dispatch.id()
                + ".policy lets an invitation go out ("
                + open
                + "); write at least P"
                + (open.toDays() + 1)
                + "D, or shorten the policy");
      }
    }
  }

  private static void checkReferences(Account account, List<String> problems) {
    for (Notice notice : account.notices().values()) {
      if (!account.vendorAccounts().containsKey(notice.vendorAccount())) {
        problems.add(
            "notices."
                + notice.id()
                + ".vendor: there is no vendor account "
                + notice.vendorAccount());
      }
    }
    for (Feed feed : account.feeds().values()) {
      if (!account.dispatches().containsKey(feed.dispatch())) {
        problems.add("feeds." + feed.id() + ".dispatch: there is no dispatch " + feed.dispatch());
      }
    }
    for (Dispatch dispatch : account.dispatches().values()) {
      String path = "dispatches." + dispatch.id();
      for (Route route : dispatch.routes()) {
        for (String vendor : route.vendorAccounts()) {
          if (!account.vendorAccounts().containsKey(vendor)) {
            problems.add(path + ".routes: there is no vendor account " + vendor);
          }
        }
        for (Map.Entry<String, Map<Channel, MessageSource>> language :
            dispatch.templates().entrySet()) {
          if (!language.getValue().containsKey(route.channel())) {
            problems.add(
                path
                    + ".templates."
                    + language.getKey()
                    + ": no template for "
                    + route.channel().label());
          }
        }
      }
      if (!dispatch.templates().containsKey(dispatch.defaultLanguage())) {
        problems.add(
            path + ".templates: none for the default language " + dispatch.defaultLanguage());
      }
    }
  }
}
