package dev.beckon.web;

import java.util.List;
import java.util.Map;

/**
 * A request as a host received it, nothing of it decoded yet: what it means is the door's business,
 * so that all hosts read alike.
 *
 * @param path percent-encoded, without the query
 * @param query percent-encoded, without the question mark; empty when there is none
 * @param headers in order of arrival; a name may come several times
 * @param source the address of the sender as the host saw it, empty when it does not know
 * @param id how the host names this request in its own log
 */
public record RawRequest(
    String method,
    String path,
    String query,
    List<Map.Entry<String, String>> headers,
    RawBody body,
    String source,
    String id) {
  public RawRequest {
    headers = List.copyOf(headers);
  }

  /** A request that is nothing but its method and path. */
  public static RawRequest of(String method, String path) {
    return new RawRequest(method, path, "", List.of(), RawBody.NONE, "", "");
  }

  /** Names nothing but the host's id: all else may hold a token or an address. */
  @Override
  public String toString() {
    return "RawRequest[" + id + "]";
  }
}
