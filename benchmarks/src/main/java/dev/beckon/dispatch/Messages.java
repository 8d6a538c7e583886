package dev.beckon.dispatch;

import dev.beckon.account.Dispatch;
import dev.beckon.invitation.Channel;
import dev.beckon.privacy.LinkSignatures;
import dev.beckon.vendor.Content;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Mails as dispatch makes them, for steps in other rooms. Stateless. */
public final class Messages {
  private static final URI PUBLIC_URL = URI.create("https://beckon.example");
  private static final String TOKEN = "0123456789abcdefABCDEF";

  private Messages() {}

  static Renderer renderer(Dispatch dispatch) {
    SequencedMap<String, byte[]> keys = new LinkedHashMap<>();
    keys.put("k1", new byte[32]);
    return new Renderer(dispatch, PUBLIC_URL, new LinkSignatures(keys));
  }

  /** A mail, complete. */
  public static Content rendered(Dispatch dispatch, Map<String, String> fields) {
    return renderer(dispatch).render(fields, TOKEN, "en", Channel.EMAIL);
  }

  /** A mail for a bulk vendor. */
  public static Content lifted(Dispatch dispatch, Map<String, String> fields) {
    return renderer(dispatch).lift(fields, TOKEN, "en", Channel.EMAIL);
  }
}
