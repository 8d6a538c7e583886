package dev.beckon.api;

import dev.beckon.access.Scope;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.util.Set;

/**
 * One thing that can be asked for: a row of the route table.
 *
 * @param name the operation's, as the OpenAPI document has it
 * @param path a template such as {@code /v1/batches/{batch}}
 * @param scopes any one of these lets a caller in; none: it is open to everybody
 * @param liveOnly whether it reaches recipients, or what everybody shares, in ways that only a LIVE
 *     key may
 */
public record Endpoint(
    String name, String method, String path, Set<Scope> scopes, boolean liveOnly, Handler handler) {
  public Endpoint {
    scopes = Set.copyOf(scopes);
  }

  /** Answers a call. */
  @FunctionalInterface
  public interface Handler {
    /**
     * @throws ProblemException what is told to the caller instead
     * @throws UnreadableRequestException when the body is not what it has to be
     */
    WebReply answer(Call call) throws ProblemException, UnreadableRequestException;
  }

  /** Open to everybody. */
  static Endpoint open(String name, String method, String path, Handler handler) {
    return new Endpoint(name, method, path, Set.of(), false, handler);
  }

  /** For callers with this scope. */
  static Endpoint of(Scope scope, String name, String method, String path, Handler handler) {
    return new Endpoint(name, method, path, Set.of(scope), false, handler);
  }

  /** For callers with one of two scopes. */
  static Endpoint of(
      Scope scope, Scope other, String name, String method, String path, Handler handler) {
    return new Endpoint(name, method, path, Set.of(scope, other), false, handler);
  }

  /** The same, for LIVE keys alone. */
  Endpoint live() {
    return new Endpoint(name, method, path, scopes, true, handler);
  }

  /** Whether it is open to everybody. */
  public boolean isOpen() {
    return scopes.isEmpty();
  }
}
