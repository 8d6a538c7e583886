package dev.beckon.account;

import dev.beckon.invitation.Channel;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An account's twin for tests: the same dispatches, sent by the simulator alone. Whatever is stored
 * of it stands under an id of its own, so that neither ever sees what the other holds.
 */
public final class TestTwin {
  /** The only vendor of a twin; one without it in the catalogue has no twins. */
  public static final String VENDOR = "simulator";

  /** No identifier may hold it. */
  private static final String MARK = "~test";

  private TestTwin() {}

  /** The id of an account's twin. */
  public static String of(String account) {
    return is(account) ? account : account + MARK;
  }

  /** Whether an id is a twin's. */
  public static boolean is(String account) {
    return account.endsWith(MARK);
  }

  /** The account whose document holds: the twin's home, or the account itself. */
  public static String home(String account) {
    return is(account) ? account.substring(0, account.length() - MARK.length()) : account;
  }

  /**
   * Without feeds, whose folders are the account's, and without notices, which would tell people of
   * what nobody was sent.
   */
  static Account made(Account home) {
    // its settings left as they are, the simulator accepts at once and sends nothing anywhere
    VendorAccount simulator = new VendorAccount(VENDOR, VENDOR, Map.of(), Limits.NONE);
    return new Account(
        of(home.id()),
        home.version(),
        home.name(),
        home.retention(),
        home.fatigue(),
        Map.of(VENDOR, simulator),
        home.dispatches().values().stream()
            .collect(Collectors.toUnmodifiableMap(Dispatch::id, TestTwin::simulated)),
        Map.of(),
        Map.of());
  }

  private static Dispatch simulated(Dispatch dispatch) {
    return new Dispatch(
        dispatch.id(),
        dispatch.name(),
        dispatch.state(),
        dispatch.routes().stream().map(route -> simulated(route.channel())).toList(),
        dispatch.defaultLanguage(),
        dispatch.templates(),
        dispatch.surveyLink(),
        dispatch.fields(),
        dispatch.policy(),
        dispatch.zone());
  }

  private static Route simulated(Channel channel) {
    return new Route(channel, List.of(VENDOR));
  }
}
