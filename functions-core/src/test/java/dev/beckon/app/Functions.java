package dev.beckon.app;

import dev.beckon.web.WebReply;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions of one platform as {@link FunctionsContract} calls them: with its own events. */
public interface Functions {

  /** The message by which the platform tells on the files queue that a file was created. */
  String created(String key);

  /** A message about another thing than files of ours, as when a trigger was wired wrongly. */
  String foreign();

  /**
   * Has a queue deliver messages, in one batch where the platform batches.
   *
   * @return which of them, by their place, the platform is asked to deliver again
   */
  Set<Integer> deliver(EntryPoint queue, List<String> messages);

  /**
   * Has the queue of given-up messages of a queue deliver one.
   *
   * @return whether the platform is asked to deliver it again
   */
  boolean deadLetter(EntryPoint queue, String message);

  /** Has the timer run. */
  void sweep();

  /** Sends a request to the public address. */
  default WebReply http(String method, String path, String body) {
    return http(method, path, Map.of(), body);
  }

  /** The same with headers, which the platform hands on as it does. */
  WebReply http(String method, String path, Map<String, String> headers, String body);
}
