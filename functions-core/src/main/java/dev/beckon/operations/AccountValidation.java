package dev.beckon.operations;

import dev.beckon.account.Account;
import java.util.List;

/** What this installation can work with. Thread-safe. */
public interface AccountValidation {

  /**
   * What it cannot work with in an account, each line as {@code path: what is wrong; what helps};
   * empty when it can.
   */
  List<String> problems(Account account);
}
