package dev.beckon.mongo;

import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStoreContract;
import java.time.Clock;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoInvitationStoreTest extends InvitationStoreContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected InvitationStore store() {
    return new MongoInvitationStore(server.connection(), Clock.systemUTC());
  }
}
