package dev.beckon.local.demo;

import java.util.List;
import java.util.Locale;

/** Names and places for made-up people; the romanised form keeps their addresses in ASCII. */
final class SampleNames {

  /**
   * One part of a name.
   *
   * @param written as its owner writes it
   * @param romanised in lower-case ASCII letters
   */
  record Name(String written, String romanised) {}

  /**
   * Names that go together.
   *
   * @param language its BCP 47 tag
   */
  record Culture(String language, List<Name> first, List<Name> last) {}

  /** A shop and the city it is in. */
  record Shop(String city, String store) {}

  static final List<Culture> CULTURES =
      List.of(
          culture(
              "de",
              "Anna Lena Jürgen|juergen Björn|bjoern Käthe|kaethe Paul Mia Götz|goetz Antje Uwe",
              "Müller|mueller Schmidt Schäfer|schaefer Koch Krüger|krueger Weiß|weiss Voß|voss"),
          culture(
              "en",
              "Olivia Harry Maya Ethan Siobhán|siobhan Zoë|zoe Ruby George Callum Imogen",
              "Smith Jones Patel O'Brien|obrien MacLeod|macleod Okafor Whitaker Ashcroft"),
          culture(
              "fr", "Chloé|chloe François|francois Élodie|elodie", "Lefèvre|lefevre Garçon|garcon"),
          culture(
              "pl", "Łukasz|lukasz Małgorzata|malgorzata", "Wójcik|wojcik Źródłowski|zrodlowski"),
          culture("tr", "Ayşe|ayse Oğuz|oguz Işıl|isil", "Yılmaz|yilmaz Öztürk|ozturk"),
          culture(
              "el", "Ελένη|eleni Γιώργος|giorgos", "Παπαδόπουλος|papadopoulos Οικονόμου|oikonomou"),
          culture("uk", "Олександр|oleksandr Юлія|yuliia", "Шевченко|shevchenko Бойко|boiko"),
          culture("ja", "さくら|sakura 健太|kenta 美咲|misaki", "田中|tanaka 髙橋|takahashi"),
          culture("ko", "서연|seoyeon 민준|minjun", "김|kim 박|park"),
          culture("ar", "محمد|mohammed ليلى|layla نور|nour", "الحسن|alhassan حداد|haddad"),
          culture("he", "נועה|noa יוסף|yosef תמר|tamar", "כהן|cohen מזרחי|mizrahi"),
          culture("hi", "आरव|aarav प्रिया|priya", "शर्मा|sharma श्रीवास्तव|srivastava"));

  static final List<Shop> SHOPS =
      List.of(
          new Shop("Berlin", "Hackescher Markt"),
          new Shop("Berlin", "Roastery, Röstergasse 7"),
          new Shop("Berlin", "Kreuzberg \"Zum Amselnest\""),
          new Shop("Hamburg", "Schanze"),
          new Shop("München", "Viktualienmarkt, Stand 14"),
          new Shop("Köln", "Ehrenfeld"),
          new Shop("Wien", "Naschmarkt, Stand 42"),
          new Shop("Innsbruck", "Altstadt"),
          new Shop("Dublin", "Portobello, Unit 9"),
          new Shop("Amsterdam", "Jordaan"));

  /** Reserved for examples by RFC 2606, so no row can reach anybody. */
  static final List<String> DOMAINS =
      List.of("example.com", "example.org", "example.net", "post.example", "mail.example");

  static final List<String> NOTES =
      List.of(
          "",
          "",
          "",
          "",
          "",
          "",
          "Flat white, oat milk.",
          "Said: \"Best cortado north of the Alps.\"",
          "2 × Amsel No. 3, 250 g, whole bean",
          "First visit.\nCame back the same afternoon.",
          "Regenschirm vergessen (blau, Holzgriff).");

  static final List<String> TOPICS = List.of("delivery", "billing", "machine", "subscription", "");

  static final List<String> COFFEES =
      List.of(
          "Amsel No. 3",
          "Amsel No. 7, dark",
          "Guji Natural & Washed",
          "Huila \"La Esperanza\"",
          "Kaffeekränzchen <decaf>",
          "Röstergasse Espresso");

  private SampleNames() {}

  private static Culture culture(String language, String first, String last) {
    return new Culture(language, names(first), names(last));
  }

  /** Reads {@code Written|romanised} words; a plain word is its own romanisation. */
  private static List<Name> names(String words) {
    return List.of(words.split(" ")).stream()
        .map(word -> {
          int bar = word.indexOf('|');
          return bar < 0
              ? new Name(word, word.toLowerCase(Locale.ROOT))
              : new Name(word.substring(0, bar), word.substring(bar + 1));
        })
        .toList();
  }
}
