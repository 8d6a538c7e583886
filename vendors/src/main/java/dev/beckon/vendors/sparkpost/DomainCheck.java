package dev.beckon.vendors.sparkpost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.check.Finding;
import dev.beckon.vendor.HttpFailure;
import dev.beckon.vendor.HttpReply;
import dev.beckon.vendor.VendorHttp;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks up the sender's domain: <a href="https://developers.sparkpost.com/api/sending-domains/">
 * Sending Domains</a>, "Retrieve a sending domain".
 */
final class DomainCheck {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SparkPostOptions options;
  private final VendorHttp http;

  DomainCheck(SparkPostOptions options, VendorHttp http) {
    this.options = options;
    this.http = http;
  }

  List<Finding> run() {
    String address = options.sender().address();
    String domain = address.substring(address.lastIndexOf('@') + 1);
    URI page = options.transmissions().resolve("sending-domains/" + domain);
    return switch (http.get(page, options.headers(), options.timeout())) {
      case HttpFailure failure ->
          List.of(
              Finding.wrong(
                  "SparkPost does not answer: " + failure.result().reason(),
                  "check url, and that functions reach the internet"));
      case HttpReply reply -> read(reply, domain);
    };
  }

  private static List<Finding> read(HttpReply reply, String domain) {
    return switch (reply.status()) {
      case 200 -> status(reply.body(), domain);
      case 401 ->
          List.of(
              Finding.wrong(
                  "SparkPost refuses the key",
                  "fill the secret of apiKey with a valid key of this account and region (US and EU"
                      + " differ: see url)"));
      case 403 ->
          List.of(
              Finding.unknown(
                  "SparkPost does not let this key look up the domain " + domain,
                  "look at the domain in SparkPost, or grant the key Sending Domains: Read"));
      case 404 ->
          List.of(
              Finding.good("SparkPost takes the key"),
              Finding.wrong(
                  domain + " is no sending domain of this SparkPost account",
                  "add and verify it in SparkPost under Sending Domains, or correct senderAddress"));
      default ->
          List.of(
              Finding.unknown(
                  "SparkPost answered the domain's look-up with " + reply.status(),
                  "try again later"));
    };
  }

  private static List<Finding> status(String body, String domain) {
    JsonNode status;
    try {
      status = JSON.readTree(body).path("results").path("status");
    } catch (JsonProcessingException e) {
      return List.of(Finding.unknown("SparkPost's answer is not JSON", "check url"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.good("SparkPost takes the key"));
    if (!status.path("ownership_verified").asBoolean(false)) {
      findings.add(
          Finding.wrong(
              "the sending domain " + domain + " is not verified",
              "set the DNS record that SparkPost shows, then verify the domain there"));
      return findings;
    }
    String compliance = status.path("compliance_status").asText("");
    findings.add(
        compliance.equals("valid")
            ? Finding.good("the sending domain " + domain + " is verified")
            : Finding.wrong(
                "the sending domain " + domain + " is " + compliance + " by SparkPost's review",
                "wait for the review, or ask SparkPost's support"));
    if (!status.path("dkim_status").asText("").equals("valid")) {
      findings.add(
          Finding.notice(
              "mails from " + domain + " are not signed by its own DKIM key",
              "set the DKIM record that SparkPost shows: large mailbox providers ask for it"));
    }
    return findings;
  }
}
