package dev.beckon.notices;

import dev.beckon.account.Account;
import dev.beckon.account.Notice;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import dev.beckon.parcel.Deadline;
import dev.beckon.privacy.Concealment;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** One stretch of one notice on its way to the addresses. One use, by one thread. */
final class Telling {
  private final String id;
  private final Account account;
  private final Notice notice;
  private final Instant end;

  /** By the address's key. */
  private final SequencedMap<String, String> refused = new LinkedHashMap<>();

  private int told;

  Telling(String id, Account account, Notice notice, Instant end) {
    this.id = id;
    this.account = account;
    this.notice = notice;
    this.end = end;
  }

  /** The addresses by the moment each was told nothing from on. */
  Map<Instant, List<String>> bySince(Standing standing) {
    Map<Instant, List<String>> groups = new TreeMap<>();
    for (String address : Set.copyOf(notice.to())) {
      groups.computeIfAbsent(standing.since(key(address)), any -> new ArrayList<>()).add(address);
    }
    return groups;
  }

  void send(
      List<String> to, Instant since, Content.Email content, Mailer mailer, Deadline deadline) {
    List<OutboundMessage> mails =
        to.stream().map(address -> mail(address, since, content)).toList();
    List<SendResult> results = mailer.send(account, notice.vendorAccount(), mails, deadline);
    Concealment concealment = new Concealment(notice.to());
    for (int i = 0; i < to.size(); i++) {
      SendResult result = results.get(i);
      if (result.code() == SendCode.ACCEPTED) {
        told++;
      } else {
        refused.put(
            key(to.get(i)), result.code().word() + ": " + concealment.conceal(result.reason()));
      }
    }
  }

  /** Who was told the same stretch of the same notice before is told it under the same key. */
  private OutboundMessage mail(String address, Instant since, Content.Email content) {
    UUID key = uuid(id + "\n" + address + "\n" + since + "\n" + end);
    return new OutboundMessage(
        "notice-" + key, key, new Recipient(Channel.EMAIL, address), content);
  }

  int told() {
    return told;
  }

  /** Keys of the addresses whose mail was not accepted. */
  Set<String> untold() {
    return refused.sequencedKeySet();
  }

  /** What an operator has to know of those, without their addresses. */
  String problem() {
    List<String> places = new ArrayList<>();
    for (int i = 0; i < notice.to().size(); i++) {
      if (refused.containsKey(key(notice.to().get(i)))) {
        places.add("notices." + notice.id() + ".to[" + i + "]");
      }
    }
    return "vendor account "
        + notice.vendorAccount()
        + " did not take the mail to "
        + String.join(", ", places)
        + " ("
        + refused.firstEntry().getValue()
        + "); nothing is lost, it is tried again and then tells everything. If it does not mend"
        + " itself, mend the vendor account or the address";
  }

  /** The document that is kept of a notice names no address. */
  private static String key(String address) {
    return uuid(address).toString();
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
