package dev.beckon.intake;

import dev.beckon.account.Account;
import dev.beckon.account.Policy;
import dev.beckon.intake.Contacts.Contact;
import dev.beckon.invitation.Invitation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long one invitation keeps others from asking its recipient.
 *
 * @param dispatch for invitations of the same dispatch; zero: only those of its batch
 * @param account for invitations of all dispatches of the account; zero: no such window
 * @param batch for invitations of the same batch, where the dispatch has no window
 */
public record FatigueWindows(Duration dispatch, Duration account, Duration batch) {

  /** The scope of contacts that all dispatches of an account share. */
  public static final String ALL = "*";

  /** Those of a dispatch; of one that is not configured any more, the default. */
  public static FatigueWindows of(Account account, String dispatch) {
    Policy policy = account.dispatch(dispatch).map(found -> found.policy()).orElse(Policy.DEFAULT);
    return new FatigueWindows(policy.fatigue(), account.fatigue(), policy.expires());
  }

  /** Those of an account that is gone. */
  public static FatigueWindows none() {
    return new FatigueWindows(Duration.ZERO, Duration.ZERO, Policy.DEFAULT.expires());
  }

  /**
   * The contacts a row needs, in the order in which they are to be taken.
   *
   * @param from when its recipient is asked, as far as is known
   */
  List<Contact> contacts(Invitation row, Instant from) {
    boolean test = TestBatch.is(row.batch());
    boolean own = test || dispatch.isZero();
    Duration hold = own ? batch : dispatch;
    // Held as long as the account's: a row that lost only the first of two could wait for another
    // row that waits for it, and both would be too soon.
    Duration first = hold.compareTo(account) < 0 ? account : hold;
    List<Contact> contacts = new ArrayList<>(2);
    // An address it came from stays its own: who has it would be asked beside this recipient.
    for (String hash : row.usedHashes()) {
      contacts.add(contact(row, own ? row.batch() : row.dispatch(), hash, from.plus(first)));
      if (!account.isZero() && !test) {
        contacts.add(contact(row, ALL, hash, from.plus(account)));
      }
    }
    return contacts;
  }

  /** The contacts a recipient has under another hash of theirs. */
  List<String> contactsOf(String account, String dispatchId, String batchId, String hash) {
    List<String> ids = new ArrayList<>(2);
    boolean test = TestBatch.is(batchId);
    ids.add(contact(account, test || dispatch.isZero() ? batchId : dispatchId, hash));
    if (!this.account.isZero() && !test) {
      ids.add(contact(account, ALL, hash));
    }
    return ids;
  }

  /**
   * The id of a contact.
   *
   * @param scope a dispatch, a batch, or {@link #ALL}
   */
  public static String contact(String account, String scope, String hash) {
    return account + "/" + scope + "/" + hash;
  }

  private static Contact contact(Invitation row, String scope, String hash, Instant until) {
    return new Contact(contact(row.account(), scope, hash), row.id(), until);
  }
}
