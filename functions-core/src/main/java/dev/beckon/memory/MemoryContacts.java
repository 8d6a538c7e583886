package dev.beckon.memory;

import dev.beckon.intake.Contacts;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Contacts in memory, for tests and samples. Thread-safe. */
public final class MemoryContacts implements Contacts {
  private final Map<String, Contact> contacts = new HashMap<>();

  @Override
  public synchronized Set<String> take(List<Contact> wanted, Instant now) {
    Set<String> refused = new HashSet<>();
    for (Contact contact : wanted) {
      Contact held = contacts.get(contact.id());
      if (held == null || !held.until().isAfter(now) || held.by().equals(contact.by())) {
        Instant until =
            held != null && held.until().isAfter(contact.until()) ? held.until() : contact.until();
        contacts.put(contact.id(), new Contact(contact.id(), contact.by(), until));
      } else {
        refused.add(contact.id());
      }
    }
    return refused;
  }

  @Override
  public synchronized Map<String, Contact> read(Collection<String> ids) {
    Map<String, Contact> read = new HashMap<>(contacts);
    read.keySet().retainAll(new HashSet<>(ids));
    return read;
  }

  @Override
  public synchronized boolean takeOver(Contact asRead, String by, Instant until) {
    return contacts.replace(asRead.id(), asRead, new Contact(asRead.id(), by, until));
  }
}
