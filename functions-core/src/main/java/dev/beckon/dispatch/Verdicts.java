package dev.beckon.dispatch;

import dev.beckon.dispatch.Chain.Onward;
import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.dispatch.Senders.Sent;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What some finished sends of one vendor account come to.
 *
 * @param settlements one for each
 * @param refusals those of them that say the row was certainly not accepted
 * @param again rows that go out again soon, through this vendor account
 * @param passedOn rows that go out again at once, through the next of their chain
 */
record Verdicts(
    List<Settlement> settlements,
    List<Settlement> refusals,
    List<Item> again,
    List<Item> passedOn) {

  static Verdicts of(List<Sent> finished, SendGroup group, Outcomes outcomes, Instant now) {
    List<Settlement> settlements = new ArrayList<>(finished.size());
    List<Settlement> refusals = new ArrayList<>();
    List<Item> again = new ArrayList<>();
    List<Item> passedOn = new ArrayList<>();
    for (Sent sent : finished) {
      Item item = sent.ready().item();
      SendCode code = sent.result().code();
      Onward onward = item.chain().onward(group.vendorAccount(), code, now);
      Settlement settlement =
          outcomes.settlement(
              sent.ready().claimed(),
              sent.ready().send(),
              group.vendorAccount(),
              sent.result(),
              item.policy(),
              group.traits(),
              now,
              onward);
      boolean yields = Outcomes.yields(code, sent.ready().claimed(), item.policy(), onward);
      Settlement goesOn =
          yields
              ? null
              : ChannelFallback.instead(settlement, code, sent.ready().claimed(), item, now)
                  .orElse(null);
      settlements.add(goesOn == null ? settlement : goesOn);
      // No answer is no refusal: the vendor may have it, and a redrive goes out under another key.
      if (code.verdict() != Verdict.DONE && code.verdict() != Verdict.ASK_A_HUMAN) {
        refusals.add(goesOn == null ? settlement : goesOn);
      }
      Instant from = settlement.notBefore();
      if (from == null || goesOn != null) {
        continue; // what goes on by another channel is loaded and looked at anew
      }
      if (yields) {
        passedOn.add(item.without(group.vendorAccount(), code, from));
      } else if (!from.isAfter(now.plus(RollingWindow.SHORT_RETRY))) {
        again.add(item.from(from));
      }
    }
    return new Verdicts(settlements, refusals, again, passedOn);
  }
}
