package dev.beckon.intake;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneNumberDesc;
import com.google.i18n.phonenumbers.metadata.DefaultMetadataDependenciesProvider;
import com.google.i18n.phonenumbers.metadata.source.MetadataSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers that leave nothing to interpret: ASCII digits and separators that are a mobile
 * or landline number of the country that stands first for its code. It uses the library's own
 * patterns and answers only where the general rules would find the same; about everything else it
 * says nothing. A number takes 0.4 µs of CPU this way and 11 to 20 by the general rules.
 *
 * <p>Thread-safe. Reads a country's numbering plan at its first number.
 */
final class NumberingPlans {
  private static final int MOST_DIGITS = 20;
  private static final String SEPARATORS = " -()/";

  private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
  private final MetadataSource source =
      DefaultMetadataDependenciesProvider.getInstance().getPhoneNumberMetadataSource();
  private final Map<String, Plan> plans = new ConcurrentHashMap<>();
  private final Map<String, String> mainRegions = new ConcurrentHashMap<>();

  NumberingPlans() {
    for (int code : library.getSupportedCallingCodes()) {
      mainRegions.put(Integer.toString(code), library.getRegionCodeForCountryCode(code));
    }
  }

  /**
   * The number in E.164; null when it is to be read by the general rules.
   *
   * @param text without blanks around it
   * @param country an ISO 3166 code in capitals; empty when there is none
   */
  @Nullable String e164(String text, String country) {
    String digits = digits(text);
    if (digits == null) {
      return null;
    }
    if (text.charAt(0) == '+') {
      return international(digits);
    }
    if (text.startsWith("00")) {
      return international(digits.substring(2));
    }
    return national(digits, country);
  }

  private @Nullable String international(String digits) {
    for (int length = 1; length <= 3 && length < digits.length(); length++) {
      String region = mainRegions.get(digits.substring(0, length));
      if (region != null) {
        Plan plan = plan(region);
        return plan == null ? null : plan.e164(digits.substring(length));
      }
    }
    return null;
  }

  private @Nullable String national(String digits, String country) {
    Plan plan = plan(country);
    if (plan == null || plan.isDialledAbroad(digits)) {
      return null;
    }
    // No code begins with 0; anything else might be another country's number that lost its +. A
    // mobile number of this country is taken for one all the same, if it cannot be read both ways.
    return digits.startsWith("0") ? plan.e164(digits) : plan.mobileE164(digits);
  }

  private @Nullable Plan plan(String region) {
    Plan known = plans.get(region);
    if (known != null) {
      return known;
    }
    if (!library.getSupportedRegions().contains(region)) {
      return null; // and codes of no country, such as that of satellites
    }
    PhoneMetadata metadata = source.getMetadataForRegion(region);
    String code = Integer.toString(metadata.getCountryCode());
    if (!region.equals(mainRegions.get(code))) {
      return null;
    }
    Plan plan = new Plan(metadata);
    plans.put(region, plan);
    return plan;
  }

  /** The digits; null when there is something else than digits and usual separators. */
  private static @Nullable String digits(String text) {
    char[] digits = new char[MOST_DIGITS];
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        if (count == MOST_DIGITS) {
          return null;
        }
        digits[count++] = c;
      } else if (SEPARATORS.indexOf(c) < 0 && (c != '+' || i > 0)) {
        return null;
      }
    }
    return new String(digits, 0, count);
  }

  /** What belongs to one kind of number. */
  private record Kind(Pattern pattern, List<Integer> lengths) {
    static Kind of(PhoneNumberDesc description) {
      return new Kind(
          Pattern.compile(description.getNationalNumberPattern()),
          List.copyOf(description.getPossibleLengthList()));
    }

    boolean has(String number) {
      return (lengths.isEmpty() || lengths.contains(number.length()))
          && pattern.matcher(number).matches();
    }
  }

  /** The plan of the country that stands first for its code. */
  private static final class Plan {
    private final String code;
    private final Pattern dialledAbroad;
    private final Pattern prefix;
    private final boolean rewrites;

    /** Tells its numbers from those of other countries with its code; empty where nothing does. */
    private final Pattern beginning;

    private final Kind any;
    private final Kind premium;
    private final Kind mobile;
    private final Kind landline;

    Plan(PhoneMetadata metadata) {
      this.code = Integer.toString(metadata.getCountryCode());
      this.dialledAbroad = Pattern.compile(metadata.getInternationalPrefix());
      this.prefix = Pattern.compile(metadata.getNationalPrefixForParsing());
      this.rewrites = !metadata.getNationalPrefixTransformRule().isEmpty();
      this.beginning = Pattern.compile(metadata.getLeadingDigits());
      this.any = Kind.of(metadata.getGeneralDesc());
      this.premium = Kind.of(metadata.getPremiumRate());
      this.mobile = Kind.of(metadata.getMobile());
      this.landline = Kind.of(metadata.getFixedLine());
    }

    boolean isDialledAbroad(String digits) {
      return dialledAbroad.matcher(digits).lookingAt();
    }

    @Nullable String e164(String digits) {
      String number = withoutPrefix(digits);
      return number != null && usable(number) && (mobile.has(number) || landline.has(number))
          ? "+" + code + number
          : null;
    }

    @Nullable String mobileE164(String digits) {
      String number = digits.startsWith(code) ? null : withoutPrefix(digits);
      return number != null && usable(number) && mobile.has(number) ? "+" + code + number : null;
    }

    private boolean usable(String number) {
      return beginning.matcher(number).lookingAt() && any.has(number) && !premium.has(number);
    }

    private @Nullable String withoutPrefix(String digits) {
      Matcher prefixed = prefix.matcher(digits);
      if (!prefixed.lookingAt()) {
        return digits;
      }
      return rewrites ? null : digits.substring(prefixed.end());
    }
  }
}
