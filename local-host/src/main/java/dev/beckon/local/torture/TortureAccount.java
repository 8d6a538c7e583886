package dev.beckon.local.torture;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;

/** The account a campaign works with: one dispatch for each way of sending, one feed for each. */
final class TortureAccount {
  /** HTTP, in doubt is held. */
  static final String HOLD = "hold";

  /** HTTP, in doubt is sent again. */
  static final String RESEND = "resend";

  /** SMTP, in doubt is held. */
  static final String MAIL = "mail";

  /** HTTP, many a call, in doubt is held. */
  static final String BULK = "bulk";

  /** HTTP over a route of two vendor accounts, in doubt is held. */
  static final String CHAIN = "chain";

  /** HTTPS to a server nobody vouches for. */
  static final String UNTRUSTED = "untrusted";

  private static final String SECOND = "chain-second";
  private static final int MAX_ATTEMPTS = 10;

  private TortureAccount() {}

  /** The account document. */
  static String json(URI vendor, URI untrusted, String smtpHost, int smtpPort) {
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    root.put("id", "torture").put("name", "Torture");
    ObjectNode vendors = root.putObject("vendorAccounts");
    simulator(vendors.putObject(HOLD), vendor);
    simulator(vendors.putObject(RESEND), vendor);
    simulator(vendors.putObject(CHAIN), vendor);
    simulator(vendors.putObject(SECOND), vendor);
    simulator(vendors.putObject(UNTRUSTED), untrusted);
    vendors
        .putObject(BULK)
        .put("vendor", "sparkpost")
        .putObject("settings")
        .put("apiKey", "secret://sparkpost-key")
        .put("url", vendor.resolve("/").toString())
        .put("senderAddress", "torture@beckon.example")
        .put("timeout", "PT1.5S")
        .put("batch", "25")
        .put("connections", "3");
    vendors
        .putObject(MAIL)
        .put("vendor", "smtp")
        .putObject("settings")
        .put("host", smtpHost)
        .put("port", Integer.toString(smtpPort))
        .put("security", "none")
        .put("senderAddress", "torture@beckon.example")
        .put("timeout", "PT3S")
        .put("connections", "3");
    ObjectNode dispatches = root.putObject("dispatches");
    ObjectNode feeds = root.putObject("feeds");
    for (String name : List.of(HOLD, RESEND, MAIL, BULK, CHAIN, UNTRUSTED)) {
      dispatch(dispatches.putObject(name), name);
      ObjectNode feed = feeds.putObject(name);
      feed.put("dispatch", name).put("language", "language").put("defaultCountry", "DE");
      feed.putObject("recipients").put("email", "email");
      feed.putObject("mapping");
    }
    return root.toString();
  }

  private static void simulator(ObjectNode account, URI sink) {
    account
        .put("vendor", "simulator")
        .putObject("settings")
        .put("sink", sink.toString())
        .put("inFlight", "6")
        .put("timeout", "PT1.5S");
  }

  private static void dispatch(ObjectNode dispatch, String name) {
    dispatch.put("name", name).put("state", "live").put("defaultLanguage", "en");
    ObjectNode route = dispatch.putArray("routes").addObject();
    ArrayNode chain = route.put("channel", "email").putArray("vendors").add(name);
    if (name.equals(CHAIN)) {
      chain.add(SECOND);
    }
    dispatch
        .putObject("templates")
        .putObject("en")
        .putObject("email")
        .put("subject", "How was it?")
        .put("text", "{{ first_name }}, {{ survey_link }} {{ unsubscribe_link }}")
        .put("html", "<p>{{ first_name }} {{ survey_link }}</p>");
    dispatch.put("surveyLink", "https://survey.example/{token}");
    dispatch.putObject("fields").putObject("first_name").put("required", false);
    dispatch
        .putObject("policy")
        .put("fatigue", "P60D")
        // A vendor that is never there is left alone: its rows wait until their time is over.
        .put("expires", name.equals(UNTRUSTED) ? "PT3H" : "P30D")
        .put("maxAttempts", name.equals(UNTRUSTED) ? 3 : MAX_ATTEMPTS)
        .put("inDoubt", name.equals(RESEND) ? "resend" : "hold")
        .put("sampling", 1.0);
  }
}
