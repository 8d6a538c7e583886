package dev.beckon.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.invitation.Channel;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountReaderTest {
  private static final String WHOLE =
      """
      {
        "id": "acme",
        "name": "Acme Ltd",
        "fatigue": "P14D",
        "vendorAccounts": {
          "mail-1": {"vendor": "smtp", "settings": {"port": 25, "tls": true, "host": "mail.example"}},
          "text-1": {"vendor": "simulator",
                     "limits": {"requestsPerSecond": 0.5, "recipientsPerSecond": 20, "burst": 5,
                                "dailyQuota": 1000, "inFlight": 3}}
        },
        "dispatches": {
          "welcome": {
            "name": "Welcome",
            "state": "paused",
            "routes": [
              {"channel": "email", "vendors": ["mail-1"]},
              {"channel": "SMS", "vendors": ["text-1"]}
            ],
            "defaultLanguage": "en",
            "templates": {
              "en": {"email": {"subject": "Hello", "text": "Hi", "html": "<p>Hi</p>"}, "sms": {"text": "Hi"}},
              "de-AT": {"email": {"subject": "Hallo", "text": "Servus"}, "sms": {"text": "Servus"}}
            },
            "surveyLink": "https://survey.example/{token}",
            "fields": {"store": {"required": true}, "name": {}},
            "zone": "europe/berlin",
            "policy": {"fatigue": "P30D", "delay": "PT1H", "expires": "P2D", "maxAttempts": 3, "sampling": 0.5,
                       "inDoubt": "resend", "quietHours": {"from": "20:00", "to": "08:30"},
                       "channelFallback": {"after": "PT4H"}}
          }
        },
        "feeds": {
          "guests": {
            "dispatch": "welcome",
            "recipients": {"email": "email", "sms": "mobile"},
            "mapping": {"E-Mail": "email"},
            "language": "lang",
            "zone": "tz",
            "defaultCountry": "DE"
          }
        }
      }
      """;

  private final AccountReader reader = new AccountReader();
  private final JsonMapper mapper = new JsonMapper();

  /** The whole document with the value at a JSON pointer replaced, or removed when null. */
  private String with(String pointer, String value) throws Exception {
    ObjectNode root = (ObjectNode) mapper.readTree(WHOLE);
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = root.at(pointer.substring(0, slash));
    String key = pointer.substring(slash + 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(key), mapper.readTree(value));
    } else if (value == null) {
      ((ObjectNode) parent).remove(key);
    } else {
      ((ObjectNode) parent).set(key, mapper.readTree(value));
    }
    return root.toString();
  }

  @Test
  void read_wholeDocument_givesEverything() {
    Account account = reader.read(WHOLE, 7);

    assertThat(account.id()).isEqualTo("acme");
    assertThat(account.version()).isEqualTo(7);
    assertThat(account.name()).isEqualTo("Acme Ltd");
    assertThat(account.vendorAccounts().get("mail-1").limits()).isEqualTo(Limits.NONE);
    assertThat(account.vendorAccounts().get("text-1").limits())
        .isEqualTo(new Limits(0.5, 20, 5, 1_000, 3));
    assertThat(account.vendorAccounts().get("mail-1").settings())
        .containsEntry("port", "25")
        .containsEntry("tls", "true");
    Dispatch welcome = account.requireDispatch("welcome");
    assertThat(welcome.state()).isEqualTo(Dispatch.State.PAUSED);
    assertThat(welcome.routes())
        .containsExactly(
            new Route(Channel.EMAIL, List.of("mail-1")), new Route(Channel.SMS, List.of("text-1")));
    assertThat(welcome.languageFor("de-at")).isEqualTo("de-at");
    assertThat(welcome.fields()).containsEntry("store", new FieldRule(true));
    assertThat(welcome.fields()).containsEntry("name", new FieldRule(false));
    assertThat(welcome.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(account.fatigue()).isEqualTo(Duration.ofDays(14));
    assertThat(welcome.policy())
        .isEqualTo(
            new Policy(
                Duration.ofDays(30),
                Duration.ofHours(1),
                Duration.ofDays(2),
                3,
                0.5,
                Policy.InDoubt.RESEND,
                new QuietHours(LocalTime.of(20, 0), LocalTime.of(8, 30)),
                Duration.ofHours(4)));
    Feed guests = account.feeds().get("guests");
    assertThat(guests.recipients()).containsEntry(Channel.SMS, "mobile");
    assertThat(guests.zone()).isEqualTo("tz");
    assertThat(guests.defaultCountry()).isEqualTo("DE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/name",
        "/fatigue",
        "/feeds",
        "/vendorAccounts/mail-1/settings",
        "/dispatches/welcome/name",
        "/dispatches/welcome/state",
        "/dispatches/welcome/defaultLanguage",
        "/dispatches/welcome/fields",
        "/dispatches/welcome/policy",
        "/dispatches/welcome/zone",
        "/dispatches/welcome/policy/fatigue",
        "/dispatches/welcome/policy/delay",
        "/dispatches/welcome/policy/quietHours",
        "/dispatches/welcome/policy/channelFallback",
        "/feeds/guests/zone",
        "/feeds/guests/mapping",
        "/feeds/guests/language",
        "/feeds/guests/defaultCountry",
      })
  void read_optionalKeyAbsent_takesItsDefault(String pointer) throws Exception {
    assertThat(reader.read(with(pointer, null), 1).id()).isEqualTo("acme");
  }

  @Test
  void read_policyAbsent_isTheDefault() throws Exception {
    assertThat(
            reader
                .read(with("/dispatches/welcome/policy", null), 1)
                .requireDispatch("welcome")
                .policy())
        .isEqualTo(Policy.DEFAULT)
        .isEqualTo(
            new Policy(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofDays(7),
                10,
                1.0,
                Policy.InDoubt.HOLD,
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          /id                                         | -            | id: is missing
          /id                                         | 7            | id: must be a text
          /id                                         | "Acme GmbH"  | id: 'Acme GmbH' must be lower-case
          /nmae                                       | "x"          | nmae: is not known here
          /vendorAccounts                             | []           | vendorAccounts: must be an object
          /vendorAccounts/mail-1                      | "smtp"       | vendorAccounts.mail-1: must be an object
          /vendorAccounts/mail-1/vendor               | -            | vendorAccounts.mail-1.vendor: is missing
          /vendorAccounts/mail-1/settings             | [1]          | vendorAccounts.mail-1.settings: must be an object
          /vendorAccounts/mail-1/settings/host        | {}           | vendorAccounts.mail-1.settings.host: must be a text
          /vendorAccounts/mail-1/setings              | {}           | vendorAccounts.mail-1.setings: is not known here
          /vendorAccounts/text-1/limits               | 5            | vendorAccounts.text-1.limits: must be an object
          /vendorAccounts/text-1/limits/perSecond     | 5            | vendorAccounts.text-1.limits.perSecond: is not known here
          /vendorAccounts/text-1/limits/requestsPerSecond   | 0      | vendorAccounts.text-1.limits.requestsPerSecond: must be from 0.001 to 1000000 a second
          /vendorAccounts/text-1/limits/recipientsPerSecond | "5"    | vendorAccounts.text-1.limits.recipientsPerSecond: must be a number
          /vendorAccounts/text-1/limits/burst         | 1            | vendorAccounts.text-1.limits.burst: must be at least 2
          /vendorAccounts/mail-1/limits               | {"burst": 2} | vendorAccounts.mail-1.limits.burst: needs requestsPerSecond or recipientsPerSecond
          /vendorAccounts/text-1/limits/dailyQuota    | 0            | vendorAccounts.text-1.limits.dailyQuota: must be at least 1
          /vendorAccounts/text-1/limits/dailyQuota    | 1.5          | vendorAccounts.text-1.limits.dailyQuota: must be a whole number
          /vendorAccounts/text-1/limits/inFlight      | -1           | vendorAccounts.text-1.limits.inFlight: must be at least 1
          /dispatches/welcome/state                   | "off"        | dispatches.welcome.state: 'off' must be one of [live, paused]
          /dispatches/welcome/routes                  | -            | dispatches.welcome.routes: needs at least one channel
          /dispatches/welcome/routes                  | {}           | dispatches.welcome.routes: must be a list
          /dispatches/welcome/routes/0                | 1            | dispatches.welcome.routes[0]: must be an object
          /dispatches/welcome/routes/0/channel        | "fax"        | dispatches.welcome.routes[0].channel: 'fax' is not a channel
          /dispatches/welcome/routes/1/vendors        | []           | dispatches.welcome.routes[1].vendors: needs at least one
          /dispatches/welcome/routes/1/vendors        | [1]          | dispatches.welcome.routes[1].vendors: must be a list of texts
          /dispatches/welcome/routes/1/vendors        | ["none"]     | dispatches.welcome.routes: there is no vendor account none
          /dispatches/welcome/routes/1/weight         | 1            | dispatches.welcome.routes[1].weight: is not known here
          /dispatches/welcome/defaultLanguage         | "fr"         | dispatches.welcome.templates: none for the default language fr
          /dispatches/welcome/templates/en_GB         | {}           | dispatches.welcome.templates.en_GB: write languages as
          /dispatches/welcome/templates/en/fax        | {"text":"x"} | dispatches.welcome.templates.en.fax: is not a channel
          /dispatches/welcome/templates/en/sms        | -            | dispatches.welcome.templates.en: no template for sms
          /dispatches/welcome/templates/en/sms/text   | -            | dispatches.welcome.templates.en.sms.text: is missing
          /dispatches/welcome/templates/en/sms/txt    | "x"          | dispatches.welcome.templates.en.sms.txt: is not known here
          /dispatches/welcome/surveyLink              | ""           | dispatches.welcome.surveyLink: is missing
          /dispatches/welcome/fields/store/required   | "yes"        | dispatches.welcome.fields.store.required: must be true or false
          /dispatches/welcome/fields/store/pii        | true         | dispatches.welcome.fields.store.pii: is not known here
          /dispatches/welcome/policy/fatigue          | "30 days"    | dispatches.welcome.policy.fatigue: '30 days' is not a duration
          /dispatches/welcome/policy/fatigue          | "-P1D"       | dispatches.welcome.policy: fatigue must not be negative
          /dispatches/welcome/policy/expires          | "PT0S"       | dispatches.welcome.policy: fatigue must not be negative and expires
          /dispatches/welcome/policy/delay            | "-PT1S"      | dispatches.welcome.policy: delay must not be negative
          /dispatches/welcome/policy/delay            | "P366D"      | dispatches.welcome.policy: delay must not be negative and be 365 days at most
          /dispatches/welcome/policy/quietHours       | "20:00"      | dispatches.welcome.policy.quietHours: must be an object
          /dispatches/welcome/policy/quietHours/from  | -            | dispatches.welcome.policy.quietHours.from: is missing
          /dispatches/welcome/policy/quietHours/to    | "24:00"      | dispatches.welcome.policy.quietHours.to: '24:00' is not a time of the day
          /dispatches/welcome/policy/quietHours/to    | "20:00"      | dispatches.welcome.policy.quietHours: from and to must differ
          /dispatches/welcome/policy/quietHours/days  | []           | dispatches.welcome.policy.quietHours.days: is not known here
          /dispatches/welcome/policy/channelFallback  | "PT4H"       | dispatches.welcome.policy.channelFallback: must be an object
          /dispatches/welcome/policy/channelFallback  | {}           | dispatches.welcome.policy.channelFallback.after: is missing
          /dispatches/welcome/policy/channelFallback  | {"to": 1}    | dispatches.welcome.policy.channelFallback.to: is not known here
          /dispatches/welcome/policy/channelFallback/after | "PT4M"  | dispatches.welcome.policy: channelFallback.after must be at least PT5M
          /dispatches/welcome/policy/channelFallback/after | "P2D"   | dispatches.welcome.policy: channelFallback.after must be at least PT5M
          /dispatches/welcome/routes | [{"channel": "email", "vendors": ["mail-1"]}] | dispatches.welcome.policy.channelFallback: needs routes of at least two channels
          /dispatches/welcome/zone                    | "CEST"       | dispatches.welcome.zone: 'CEST' is not a time zone
          /fatigue                                    | "-P1D"       | fatigue: must not be negative
          /dispatches/welcome/policy/maxAttempts      | 0            | dispatches.welcome.policy: maxAttempts must be from 1 to 50
          /dispatches/welcome/policy/maxAttempts      | 2.5          | dispatches.welcome.policy.maxAttempts: must be a whole number
          /dispatches/welcome/policy/sampling         | 1.01         | dispatches.welcome.policy: sampling must be from 0 to 1
          /dispatches/welcome/policy/sampling         | "all"        | dispatches.welcome.policy.sampling: must be a number
          /dispatches/welcome/policy/inDoubt          | "maybe"      | dispatches.welcome.policy.inDoubt: 'maybe' must be one of
          /feeds/guests/dispatch                      | "none"       | feeds.guests.dispatch: there is no dispatch none
          /feeds/guests/recipients                    | {}           | feeds.guests.recipients: needs a channel
          /feeds/guests/recipients/fax                | "fax"        | feeds.guests.recipients.fax: is not a channel
          /feeds/guests/mapping                       | "x"          | feeds.guests.mapping: must be an object
          /feeds/guests/schedule                      | "x"          | feeds.guests.schedule: is not known here
          """)
  void read_oneThingWrong_namesItByPath(String pointer, String value, String problem)
      throws Exception {
    String document = with(pointer, value);

    assertThatThrownBy(() -> reader.read(document, 1))
        .isInstanceOf(InvalidAccountException.class)
        .hasMessageContaining("\n  - " + problem);
  }

  @Test
  void read_severalThingsWrong_namesAllInOneMessage() {
    assertThatThrownBy(() ->
            reader.read(
                """
                {"id": "A", "x": 1, "dispatches": {"d": {"policy": {"expires": "soon"}}},
                 "feeds": {"f": {}}}
                """,
                1))
        .isInstanceOf(InvalidAccountException.class)
        .hasMessageContainingAll(
            "id: ",
            "x: ",
            "dispatches.d.routes: ",
            "dispatches.d.surveyLink: ",
            "dispatches.d.policy.expires: ",
            "feeds.f.dispatch: ",
            "feeds.f.recipients: ");
  }

  @Test
  void read_keyTwice_isRefusedWithItsPlace() {
    assertThatThrownBy(() -> reader.read("{\"id\": \"acme\",\n \"id\": \"acme\"}", 1))
        .isInstanceOf(InvalidAccountException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "null", "[]", "1", "\"acme\"", "{", "{\"id\": acme}", "{} {}", "{}x"})
  void read_notAnObject_isRefused(String document) {
    assertThatThrownBy(() -> reader.read(document, 1)).isInstanceOf(InvalidAccountException.class);
  }

  @Test
  void read_somethingAfterTheDocument_isRefused() {
    assertThatThrownBy(() -> reader.read(WHOLE + "{}", 1))
        .isInstanceOf(InvalidAccountException.class);
  }

  @Test
  void read_deepNesting_isRefused() {
    assertThatThrownBy(() -> reader.read("{\"a\":".repeat(100_000), 1))
        .isInstanceOf(InvalidAccountException.class);
  }

  @Test
  void read_thousandMutations_areReadOrRefusedProperly() throws Exception {
    Random random = new Random(20260305);
    for (int i = 0; i < 1_000; i++) {
      String document = mutate(random);

      Throwable thrown = catchThrowable(() -> reader.read(document, 1));

      if (thrown != null) {
        assertThat(thrown).as(document).isInstanceOf(InvalidAccountException.class);
      }
    }
  }

  /** Cuts and swaps characters, or replaces whole values by values of other types. */
  private String mutate(Random random) throws Exception {
    if (random.nextBoolean()) {
      StringBuilder text = new StringBuilder(WHOLE);
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.setCharAt(at, "{}[]\",:x0\u0000".charAt(random.nextInt(10)));
          default -> text.setLength(at + 1);
        }
      }
      return text.toString();
    }
    JsonNode root = mapper.readTree(WHOLE);
    List<ObjectNode> objects = new ArrayList<>();
    collect(root, objects);
    for (int n = random.nextInt(1, 4); n > 0; n--) {
      ObjectNode object = objects.get(random.nextInt(objects.size()));
      List<String> keys = new ArrayList<>();
      object.fieldNames().forEachRemaining(keys::add);
      String key =
          keys.isEmpty() || random.nextInt(5) == 0
              ? List.of("", ".", "$", "x/y").get(random.nextInt(4))
              : keys.get(random.nextInt(keys.size()));
      object.set(key, odd(random));
    }
    return root.toString();
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private static JsonNode odd(Random random) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (random.nextInt(10)) {
      case 0 -> json.nullNode();
      case 1 -> json.numberNode(random.nextLong());
      case 2 -> json.numberNode(-1.5);
      case 3 -> json.booleanNode(true);
      case 4 -> json.textNode("");
      case 5 -> json.textNode("x".repeat(50));
      case 6 -> json.arrayNode();
      case 7 -> json.arrayNode().add(1).add("x").addNull();
      case 8 -> json.objectNode();
      default -> json.objectNode().put("x", 1).set("y", json.objectNode());
    };
  }

  @Test
  void read_retention_defaultsToNinetyDays_andIsTakenAsWritten() throws Exception {
    assertThat(reader.read(WHOLE, 1).retention()).isEqualTo(Duration.ofDays(90));
    assertThat(reader.read(with("/retention", "\"P30D\""), 1).retention())
        .isEqualTo(Duration.ofDays(30));
  }

  @Test
  void read_retentionTooShort_isRefusedWithTheShortestThatWillDo() {
    assertThatThrownBy(() -> reader.read(with("/retention", "\"P7D\""), 1))
        .isInstanceOf(InvalidAccountException.class)
        .hasMessageContaining("retention: PT168H is too short")
        .hasMessageContaining("P8D or more");
    assertThatThrownBy(() -> reader.read(with("/dispatches/welcome/policy/expires", "\"P91D\""), 1))
        .isInstanceOf(InvalidAccountException.class)
        .hasMessageContaining("retention: PT2160H is shorter than dispatches.welcome.policy")
        .hasMessageContaining("at least P92D");
  }
}
