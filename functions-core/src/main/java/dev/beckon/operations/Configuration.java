package dev.beckon.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.account.Account;
import dev.beckon.account.AccountReader;
import dev.beckon.account.AccountSource;
import dev.beckon.account.AccountSource.Version;
import dev.beckon.account.AccountSource.Written;
import dev.beckon.account.Change;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Reads and changes accounts' documents, whole or in part. A changed part is a changed document: it
 * is checked as a whole before it is stored over the version it was made from. Each version is an
 * event with who and what. Thread-safe.
 */
public final class Configuration {
  private final AccountSource accounts;
  private final AccountValidation validation;
  private final EventLog events;
  private final AccountReader reader = new AccountReader();
  private final StrictJson json = new StrictJson();

  public Configuration(AccountSource accounts, AccountValidation validation, EventLog events) {
    this.accounts = accounts;
    this.validation = validation;
    this.events = events;
  }

  /** What became of a change. */
  public sealed interface Outcome {
    /**
     * It is in force.
     *
     * @param made whether there was nothing in that place before
     */
    record Stored(long version, boolean made) implements Outcome {}

    /** Another version is in force than it was made from. */
    record Stale() implements Outcome {}

    /** The account, or what was to be changed in it, is not there. */
    record Missing() implements Outcome {}
  }

  /** What is in force of an account. */
  public Optional<Written> written(String account) {
    return accounts.written(account);
  }

  /** {@link AccountSource#versions}. */
  public List<Version> versions(String account, long before, int limit) {
    return accounts.versions(account, before, limit);
  }

  /** {@link AccountSource#version}. */
  public Optional<Written> version(String account, long number) {
    return accounts.version(account, number);
  }

  /** A document that was stored, as something to look into. */
  public ObjectNode tree(Written written) {
    try {
      if (json.parse(written.json()) instanceof ObjectNode document) {
        return document;
      }
      throw new IllegalStateException("the stored account is no JSON object");
    } catch (StrictJson.MalformedException e) {
      throw new IllegalStateException("the stored account is not JSON", e);
    }
  }

  /**
   * What is wrong with a document, each line as {@code path: what is wrong; what helps}; empty when
   * it can be stored.
   */
  public List<String> problems(String document) {
    try {
      Account account = reader.read(document, 0);
      List<String> problems = new ArrayList<>(validation.problems(account));
      for (String feed : account.feeds().keySet()) {
        if (accounts.ofFeed(feed).stream().anyMatch(owner -> !owner.id().equals(account.id()))) {
          problems.addAll(InvalidAccountException.takenFeed(feed).problems());
        }
      }
      return problems;
    } catch (InvalidAccountException e) {
      return e.problems();
    }
  }

  /** The same, of a document that is to be this account's. */
  public List<String> problems(String account, JsonNode document) {
    List<String> problems = new ArrayList<>(problems(document.toPrettyString()));
    String id = document.path("id").asText(account);
    if (!id.equals(account)) {
      problems.addFirst("id: is another account's; write " + account);
    }
    return problems.isEmpty() ? List.of() : new InvalidAccountException(problems).problems();
  }

  /**
   * Stores a document as the next version of the account it names, whatever is in force; the
   * account may be new.
   *
   * @throws InvalidAccountException naming every problem by path; nothing is stored then
   */
  public Account store(String document, String who) {
    refuse(problems(document));
    Account stored = accounts.put(document, Change.whole(who));
    tell(stored.id(), stored.version());
    return stored;
  }

  /**
   * Stores a document in the place of an account's.
   *
   * @param over whether it may be stored over this version
   * @throws InvalidAccountException naming every problem by path; nothing is stored then
   */
  public Outcome replace(String account, ObjectNode document, LongPredicate over, String who) {
    Edited edited = new Edited(document, Change.whole(who), false);
    return change(account, over, root -> Optional.of(edited));
  }

  /**
   * Puts a part into an account's document, in the place of what is there.
   *
   * @throws InvalidAccountException naming every problem by path; nothing is stored then
   */
  public Outcome put(String account, Place place, JsonNode part, LongPredicate over, String who) {
    return change(
        account,
        over,
        root -> {
          if (!place.hasOwner(root)) {
            return Optional.empty();
          }
          boolean made = place.in(root).isEmpty();
          place.put(root, part);
          Change change = new Change(who, (made ? "added " : "changed ") + place);
          return Optional.of(new Edited(root, change, made));
        });
  }

  /**
   * Takes a part out of an account's document.
   *
   * @throws InvalidAccountException naming every problem by path, such as other parts that name it;
   *     nothing is stored then
   */
  public Outcome takeOut(String account, Place place, LongPredicate over, String who) {
    return change(
        account,
        over,
        root -> {
          if (place.in(root).isEmpty()) {
            return Optional.empty();
          }
          place.takeOut(root);
          return Optional.of(new Edited(root, new Change(who, "took out " + place), false));
        });
  }

  private record Edited(ObjectNode document, Change change, boolean made) {}

  /** Empty when there is nothing to be changed. */
  private interface Edit {
    Optional<Edited> of(ObjectNode document);
  }

  private Outcome change(String account, LongPredicate over, Edit edit) {
    while (true) {
      Written written = accounts.written(account).orElse(null);
      if (written == null) {
        return new Outcome.Missing();
      }
      if (!over.test(written.version())) {
        return new Outcome.Stale();
      }
      Edited edited = edit.of(tree(written)).orElse(null);
      if (edited == null) {
        return new Outcome.Missing();
      }
      refuse(problems(account, edited.document()));
      String text = edited.document().toPrettyString();
      if (accounts.replace(text, written.version(), edited.change())) {
        tell(account, written.version() + 1);
        return new Outcome.Stored(written.version() + 1, edited.made());
      }
    }
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidAccountException(problems);
    }
  }

  /** Also of the version before, in case whoever stored it was cut off here. */
  private void tell(String account, long version) {
    for (Version stored : accounts.versions(account, version + 1, 2)) {
      Change change = stored.change();
      events.write(
          new Event(
              stored.at(),
              Event.Level.INFORMATION,
              "account-configured",
              Event.keyOfVersion(account, stored.number()),
              account,
              "%s %s: version %d of the account is in force"
                  .formatted(change.who(), change.what(), stored.number())));
    }
  }
}
