package dev.beckon.vendors.sparkpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.beckon.account.Secret;
import dev.beckon.invitation.Channel;
import dev.beckon.template.Segment;
import dev.beckon.template.SharedText;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.HttpPeer;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SampleMessages;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.SharedMail;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorPeer;
import dev.beckon.vendor.VendorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkPostVendorTest {
  private final Answers answers = new Answers();
  private final HttpPeer peer = new HttpPeer(answers);
  private final List<Vendor> built = new ArrayList<>();

  @AfterEach
  void close() {
    built.forEach(Vendor::close);
    peer.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // documented: support.sparkpost.com/docs/user-guide/transmission-best-practices
        "no totals; {'results':{'rcpt_to_errors':[],'id':'1'}}",
        "too few; {'results':{'total_rejected_recipients':0,'total_accepted_recipients':2}}",
        "too many; {'results':{'total_rejected_recipients':1,'total_accepted_recipients':3}}",
        "only errors; {'errors':[{'message':'odd','code':'9'}]}",
        "another shape; [1]",
        "nothing; {}"
      })
  void send_countsDoNotAddUp_unclear(String name, String body) {
    answers.next(200, body);

    assertThat(codes(vendor(Map.of()).send(messages(3))))
        .as(name)
        .containsOnly(SendCode.UNCLEAR_REPLY);
  }

  @Test
  void send_rejectionThatNamesNobodyOfUs_onlyTheNamedOneIsCertain() {
    answers.next(
        200,
        "{'results':{'rcpt_to_errors':[{'message':'invalid recipient address.email:"
            + " ada0@example.org.','code':1300},{'message':'bad','code':'1400'}],"
            + "'total_rejected_recipients':2,'total_accepted_recipients':1}}");

    List<SendResult> results = vendor(Map.of()).send(messages(3));

    assertThat(codes(results))
        .containsExactly(SendCode.BAD_RECIPIENT, SendCode.UNCLEAR_REPLY, SendCode.UNCLEAR_REPLY);
    assertThat(results.getFirst().reason()).startsWith("1300 invalid").doesNotContain("ada0");
  }

  @Test
  void send_errorNamesAnAddressThatContainsOurs_isNotOurs() {
    answers.next(
        200,
        "{'results':{'rcpt_to_errors':[{'message':'bad: xada0@example.org.uk'}],"
            + "'total_rejected_recipients':1,'total_accepted_recipients':2}}");

    assertThat(codes(vendor(Map.of()).send(messages(3)))).containsOnly(SendCode.UNCLEAR_REPLY);
  }

  @Test
  void send_accepted_keepsTheTransmissionsId() {
    assertThat(vendor(Map.of()).send(messages(2)))
        .extracting(SendResult::vendorId)
        .containsOnly("48189673721435781");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 1502, UNAVAILABLE",
    "503, 1900, UNAVAILABLE",
    "400, 7001, BAD_CONFIGURATION",
    "422, 1603, BAD_CONFIGURATION",
    "420, 2101, THROTTLED",
    "420, 2103, BAD_CONFIGURATION",
    "420, '', THROTTLED",
    "400, 5002, BAD_RECIPIENT",
    "422, 3000, BAD_CONTENT",
    "422, 2002, BAD_CONTENT",
    "422, 1300, BAD_CONTENT",
    "504, '', NO_REPLY"
  })
  void send_refusedCall_judgedByTheDocumentedTable(int status, String code, SendCode expected) {
    answers.next(status, "{'errors':[{'message':'said','code':'" + code + "'}]}");

    assertThat(codes(vendor(Map.of()).send(messages(2)))).containsOnly(expected);
  }

  @Test
  void send_sendingLimit_waitsLongerThanForABrake() {
    answers.next(420, "{'errors':[{'message':'Exceed Sending Limit (hourly)','code':'2101'}]}");

    assertThat(vendor(Map.of()).send(messages(1)).getFirst().retryAfter())
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void send_mailsOfTwoTemplates_oneRequestForEach() {
    SharedMail first = mail("first ");
    SharedMail second = mail("second ");
    List<OutboundMessage> messages =
        List.of(bulk(0, first, "a"), bulk(1, second, "b"), bulk(2, first, "c"));

    assertThat(codes(vendor(Map.of()).send(messages))).containsOnly(SendCode.ACCEPTED);

    assertThat(peer.accepted())
        .extracting(VendorPeer.Received::text)
        .containsExactly("first a", "first c", "second b");
    assertThat(peer.requests()).hasSize(2);
  }

  @Test
  void send_oneRecipientWithTooMuch_refusedAloneOthersGo() {
    SharedMail mail = mail("");
    List<OutboundMessage> messages =
        List.of(bulk(0, mail, "a"), bulk(1, mail, "x".repeat(110_000)), bulk(2, mail, "c"));

    assertThat(codes(vendor(Map.of()).send(messages)))
        .containsExactly(SendCode.ACCEPTED, SendCode.BAD_CONTENT, SendCode.ACCEPTED);
  }

  @Test
  void send_tooMuchForOneBody_severalRequestsEachOnce() {
    SharedMail mail = mail("");
    List<OutboundMessage> messages = new ArrayList<>();
    for (int i = 0; i < 180; i++) {
      messages.add(bulk(i, mail, "x".repeat(100_000)));
    }

    assertThat(codes(vendor(Map.of()).send(messages))).containsOnly(SendCode.ACCEPTED);

    assertThat(peer.requests()).hasSize(3);
    assertThat(peer.accepted())
        .extracting(VendorPeer.Received::reference)
        .containsExactlyElementsOf(messages.stream().map(OutboundMessage::reference).toList());
  }

  @Test
  void send_firstOfSeveralRequestsRefusedByAnOutage_theRestIsNotTried() {
    answers.next(503, "{}");
    List<OutboundMessage> messages =
        List.of(bulk(0, mail("first "), "a"), bulk(1, mail("second "), "b"));

    assertThat(codes(vendor(Map.of()).send(messages))).containsOnly(SendCode.UNAVAILABLE);
    assertThat(peer.requests()).hasSize(1);
  }

  @Test
  void send_textMessage_refusedAsContent() {
    assertThat(codes(vendor(Map.of()).send(SampleMessages.of(Channel.SMS, 1))))
        .containsExactly(SendCode.BAD_CONTENT);
    assertThat(peer.requests()).isEmpty();
  }

  @Test
  void send_request_carriesKeyAndSubaccount() {
    vendor(Map.of("subaccount", "42")).send(messages(1));

    HttpPeer.Request request = peer.requests().getFirst();
    assertThat(request.method() + " " + request.path()).isEqualTo("POST /api/v1/transmissions");
    assertThat(request.headers())
        .containsEntry("authorization", "k3y")
        .containsEntry("x-msys-subaccount", "42")
        .containsEntry("content-type", "application/json");
  }

  @ParameterizedTest
  @CsvSource({
    "url, http://api.sparkpost.com, url:",
    "url, mailto:a@b, url:",
    "batch, 10001, batch:",
    "batch, 0, batch:",
    "connections, 0, connections",
    "senderAddress, Acme <a@b.example>, senderAddress:",
    "senderAddress, a{{x}}@b.example, senderAddress:",
    "replyTo, nobody, replyTo:",
    "clickTracking, yes, clickTracking:",
    "subaccount, -1, subaccount:"
  })
  void create_unsoundSetting_refusedByName(String name, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vendor(Map.of(name, value)))
        .withMessageContaining(message);
  }

  private static List<SendCode> codes(List<SendResult> results) {
    return results.stream().map(SendResult::code).toList();
  }

  private static List<OutboundMessage> messages(int count) {
    return SampleMessages.of(Channel.EMAIL, count);
  }

  private static SharedMail mail(String text) {
    return new SharedMail(
        new SharedText(List.of(new Segment.Text("s"))),
        new SharedText(List.of(new Segment.Text(text), new Segment.Variable(0))),
        null,
        null);
  }

  private static OutboundMessage bulk(int row, SharedMail mail, String value) {
    OutboundMessage sample = SampleMessages.one(Channel.EMAIL, row);
    return new OutboundMessage(
        sample.reference(), sample.key(), sample.to(), new Content.BulkEmail(mail, List.of(value)));
  }

  private Vendor vendor(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("apiKey", "secret://sparkpost");
    settings.put("senderAddress", "survey@sender.example");
    settings.put("url", "http://127.0.0.1:" + peer.port() + "/");
    settings.putAll(more);
    SparkPostFactory factory = new SparkPostFactory();
    Vendor vendor =
        factory.create(
            VendorSettings.read(factory.settings(), settings, reference -> new Secret("k3y")));
    built.add(vendor);
    return vendor;
  }

  /** Answers as documented, until told otherwise once. */
  private static final class Answers implements HttpPeer.Script {
    private final TransmissionScript usual = new TransmissionScript();
    private volatile HttpPeer.Answer next;

    void next(int status, String body) {
      next = new HttpPeer.Answer(status, body.replace('\'', '"'));
    }

    @Override
    public List<VendorPeer.Received> read(HttpPeer.Request request, int number) {
      return usual.read(request, number);
    }

    @Override
    public HttpPeer.Answer answer(List<VendorPeer.Received> messages, Set<String> refused) {
      HttpPeer.Answer told = next;
      next = null;
      return told == null ? usual.answer(messages, refused) : told;
    }
  }
}
