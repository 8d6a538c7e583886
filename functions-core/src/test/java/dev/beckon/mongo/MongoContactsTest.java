package dev.beckon.mongo;

import dev.beckon.intake.Contacts;
import dev.beckon.intake.ContactsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoContactsTest extends ContactsContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected Contacts contacts() {
    return new MongoContacts(server.connection());
  }
}
