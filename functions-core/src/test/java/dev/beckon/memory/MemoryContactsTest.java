package dev.beckon.memory;

import dev.beckon.intake.Contacts;
import dev.beckon.intake.ContactsContract;

class MemoryContactsTest extends ContactsContract {
  private final MemoryContacts contacts = new MemoryContacts();

  @Override
  protected Contacts contacts() {
    return contacts;
  }
}
