package dev.beckon.bed;

import dev.beckon.account.Secret;
import dev.beckon.account.SecretMissingException;
import dev.beckon.account.SecretUnreachableException;
import dev.beckon.account.Secrets;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets a test sets by name, remembered until they are refused as a cloud's are. Thread-safe. */
public final class PlainSecrets implements Secrets {
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final Map<String, String> remembered = new ConcurrentHashMap<>();
  private final Set<String> unreachable = ConcurrentHashMap.newKeySet();

  public void put(String name, String value) {
    values.put(name, value);
  }

  public void remove(String name) {
    values.remove(name);
    remembered.remove(name);
  }

  public void cutOff(String name) {
    unreachable.add(name);
  }

  public void mend(String name) {
    unreachable.remove(name);
  }

  @Override
  public Secret resolve(URI reference) {
    String name = Secrets.name(reference);
    if (unreachable.contains(name)) {
      throw new SecretUnreachableException(reference, "its place is down", null);
    }
    String value = remembered.computeIfAbsent(name, values::get);
    if (value == null) {
      throw new SecretMissingException(reference, "the test's secrets");
    }
    return new Secret(value);
  }

  @Override
  public void refresh(URI reference) {
    remembered.remove(Secrets.name(reference));
  }
}
