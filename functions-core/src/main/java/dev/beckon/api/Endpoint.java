package dev.beckon.api;

import dev.beckon.access.KeyKind;
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
 * @param kinds of keys that may: what everybody shares is changed by LIVE keys alone, what may
 *     reach any recipient not by TEAM keys
 */
public record Endpoint(
    String name,
    String method,
    String path,
    Set<Scope> scopes,
    Set<KeyKind> kinds,
    Handler handler) {
  private static final Set<KeyKind> ALL = Set.of(KeyKind.values());

  public Endpoint {
    scopes = Set.copyOf(scopes);
    kinds = Set.copyOf(kinds);
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
    return new Endpoint(name, method, path, Set.of(), ALL, handler);
  }

  /** For callers with this scope. */
  static Endpoint of(Scope scope, String name, String method, String path, Handler handler) {
    return new Endpoint(name, method, path, Set.of(scope), ALL, handler);
  }

  /** For callers with one of two scopes. */
  static Endpoint of(
      Scope scope, Scope other, String name, String method, String path, Handler handler) {
    return new Endpoint(name, method, path, Set.of(scope, other), ALL, handler);
  }

  /** The same, for LIVE keys alone. */
  Endpoint live() {
    return new Endpoint(name, method, path, scopes, Set.of(KeyKind.LIVE), handler);
  }

  /** The same, but for TEAM keys: it may reach recipients that are not listed with them. */
  Endpoint notForTeams() {
    return new Endpoint(name, method, path, scopes, Set.of(KeyKind.TEST, KeyKind.LIVE), handler);
  }

  /** Whether LIVE keys alone may. */
  public boolean liveOnly() {
    return kinds.equals(Set.of(KeyKind.LIVE));
  }

  /** Whether it is open to everybody. */
  public boolean isOpen() {
    return scopes.isEmpty();
  }
}
