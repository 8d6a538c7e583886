package dev.beckon.vendors.sparkpost;

import dev.beckon.check.Finding;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.HttpFailure;
import dev.beckon.vendor.HttpReply;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.SharedMail;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorHttp;
import dev.beckon.vendor.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends mails by SparkPost's Transmissions API, usually one request a call. Thread-safe.
 *
 * <p>A request whose answer may have been lost is never repeated: SparkPost has no key by which it
 * would know it again.
 */
final class SparkPostVendor implements Vendor {
  /** <a href="https://developers.sparkpost.com/api/transmissions/">Page</a>: "Maximum length". */
  private static final int LONGEST_VALUES = 100 << 10;

  private final SparkPostOptions options;
  private final Clock clock;
  private final VendorHttp http;
  private final TransmissionWriter writer;
  private final Map<String, String> headers;
  private final TransmissionReply replies = new TransmissionReply();
  private final WholeMails wholeMails = new WholeMails();

  SparkPostVendor(SparkPostOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
    this.http = new VendorHttp(options.timeout(), List.of(options.apiKey()), options.connections());
    this.writer = new TransmissionWriter(options);
    this.headers = options.headers();
  }

  @Override
  public int maxBatch() {
    return options.batch();
  }

  @Override
  public int maxInFlight() {
    return options.connections();
  }

  @Override
  public Duration gather() {
    return options.gather();
  }

  @Override
  public Duration timeout() {
    return options.timeout();
  }

  @Override
  public boolean takesSharedMail() {
    return true;
  }

  @Override
  public List<SendResult> send(List<OutboundMessage> messages) {
    if (messages.isEmpty() || messages.size() > maxBatch()) {
      throw new IllegalArgumentException(
          messages.size() + " messages in a call that takes 1 to " + maxBatch());
    }
    Call call = new Call(messages.size());
    sort(messages, call).forEach(call::sendAll);
    return call.results();
  }

  @Override
  public List<Finding> check() {
    return new DomainCheck(options, http).run();
  }

  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return "SparkPostVendor[" + options + "]";
  }

  private Map<SharedMail, List<Addressed>> sort(List<OutboundMessage> messages, Call call) {
    Map<SharedMail, List<Addressed>> byMail = new LinkedHashMap<>();
    for (int i = 0; i < messages.size(); i++) {
      OutboundMessage message = messages.get(i);
      Content.BulkEmail bulk =
          switch (message.content()) {
            case Content.BulkEmail mail -> mail;
            case Content.Email mail -> wholeMails.bulk(mail);
            case Content.Sms text -> null;
          };
      if (bulk == null) {
        call.settle(i, SendResult.of(SendCode.BAD_CONTENT, "not a mail"));
        continue;
      }
      Addressed recipient = new Addressed(i, message, bulk.values());
      if (recipient.length() > LONGEST_VALUES) {
        // one such recipient would have the whole call refused
        String why = "the recipient's own part of the mail is longer than ";
        call.settle(i, SendResult.of(SendCode.BAD_CONTENT, why + LONGEST_VALUES + " characters"));
      } else {
        byMail.computeIfAbsent(bulk.mail(), any -> new ArrayList<>()).add(recipient);
      }
    }
    return byMail;
  }

  /** One call of {@link #send}: its results and its time. */
  private final class Call {
    private final long start = System.nanoTime();
    private final @Nullable SendResult[] results;
    private boolean begun;

    /** What keeps further requests from being made; null while nothing does. */
    private @Nullable SendResult stopped;

    Call(int messages) {
      this.results = new SendResult[messages];
    }

    void settle(int index, SendResult result) {
      results[index] = result;
    }

    void sendAll(SharedMail mail, List<Addressed> recipients) {
      int done = 0;
      while (done < recipients.size()) {
        List<Addressed> rest = recipients.subList(done, recipients.size());
        SendResult reason = stopped == null && begun && late() ? late("its turn") : stopped;
        if (reason != null) {
          rest.forEach(each -> settle(each.index(), reason));
          return;
        }
        begun = true;
        TransmissionWriter.Transmission request = writer.write(mail, rest);
        List<Addressed> sent = rest.subList(0, request.recipients());
        List<SendResult> some = post(request.body(), sent);
        for (int i = 0; i < sent.size(); i++) {
          settle(sent.get(i).index(), some.get(i));
        }
        done += sent.size();
      }
    }

    List<SendResult> results() {
      List<SendResult> all = new ArrayList<>(results.length);
      for (SendResult result : results) {
        if (result == null) {
          throw new IllegalStateException("a message was neither sent nor refused");
        }
        all.add(result);
      }
      return all;
    }

    private List<SendResult> post(byte[] body, List<Addressed> sent) {
      Duration left = Duration.ofNanos(Math.max(1, timeout().toNanos() - elapsed()));
      return switch (http.post(options.transmissions(), headers, body, left)) {
        case HttpFailure failure -> {
          stopAt(failure.result());
          yield Collections.nCopies(sent.size(), failure.result());
        }
        case HttpReply reply -> {
          List<SendResult> read = replies.read(reply, sent, clock.instant());
          if (!reply.isSuccess()) {
            stopAt(read.getFirst());
          }
          yield read;
        }
      };
    }

    /** After an outage or a brake the next request would only meet it again. */
    private void stopAt(SendResult result) {
      Verdict verdict = result.code().verdict();
      if (verdict == Verdict.RETRY || verdict == Verdict.FIX_CONFIGURATION) {
        stopped = result;
      } else if (verdict == Verdict.ASK_A_HUMAN) {
        stopped = late("an answer");
      }
    }

    /** A request begun with little time left would end in doubt. */
    private boolean late() {
      return elapsed() > timeout().toNanos() / 4 * 3;
    }

    private long elapsed() {
      return System.nanoTime() - start;
    }

    private static SendResult late(String before) {
      return SendResult.of(SendCode.NOT_STARTED, "the call's time was over before " + before);
    }
  }
}
