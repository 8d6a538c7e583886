package dev.beckon.azure.sns;

import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one topic whose messages count, and the only addresses that its messages may send us to.
 *
 * <p>An address is compared as the text it is, never parsed: what a parser would forgive (a user
 * before the host, a port, capitals, a dot at the end) is no match.
 */
public final class SnsTopic {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:(?<partition>aws|aws-cn|aws-us-gov):sns:(?<region>[a-z]{2,}(-[a-z]+)+-[0-9]{1,2})"
              + ":[0-9]{12}:[A-Za-z0-9_-]{1,256}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]{1,1024}");

  private final String arn;
  private final String region;
  private final String domain;
  private final Pattern certificate;

  private SnsTopic(String arn, String region, String domain) {
    this.arn = arn;
    this.region = region;
    this.domain = domain;
    this.certificate =
        Pattern.compile(
            Pattern.quote(home() + "SimpleNotificationService-") + "[A-Za-z0-9]{1,64}[.]pem");
  }

  /**
   * Reads an ARN.
   *
   * @throws IllegalArgumentException saying how it is written
   */
  static SnsTopic parse(String arn) {
    Matcher matcher = FORM.matcher(arn);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "is not arn:aws:sns:<region>:<account>:<topic> of a standard topic");
    }
    String domain =
        matcher.group("partition").equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    return new SnsTopic(arn, matcher.group("region"), domain);
  }

  boolean is(String name) {
    return arn.equals(name);
  }

  /** Whether SNS keeps a signing certificate of this topic's region at the address. */
  boolean keepsCertificate(String address) {
    return certificate.matcher(address).matches();
  }

  /** Whether the address and token are those by which a subscription to this topic is confirmed. */
  boolean isConfirmedBy(String address, String token) {
    return TOKEN.matcher(token).matches() && address.equals(confirmation(token));
  }

  /** Where a subscription to this topic is confirmed. */
  URI confirming(String token) {
    return URI.create(confirmation(token));
  }

  private String confirmation(String token) {
    return home() + "?Action=ConfirmSubscription&TopicArn=" + arn + "&Token=" + token;
  }

  /**
   * For whom SNS has its signing certificates made; one of these, according to the region's age and
   * partition.
   */
  Set<String> signers() {
    // the regions for governments sign as the first of them
    String signing = region.startsWith("us-gov-") ? "us-gov-west-1" : region;
    return Set.of(
        "sns." + domain,
        "sns." + region + "." + domain,
        "sns-" + signing + "." + domain,
        "sns-signing." + region + "." + domain);
  }

  private String home() {
    return "https://sns." + region + "." + domain + "/";
  }

  @Override
  public String toString() {
    return arn;
  }
}
