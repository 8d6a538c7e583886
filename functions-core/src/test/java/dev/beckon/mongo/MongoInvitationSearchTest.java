package dev.beckon.mongo;

import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationSearchContract;
import dev.beckon.invitation.InvitationStore;
import java.time.Clock;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoInvitationSearchTest extends InvitationSearchContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected InvitationStore store() {
    return new MongoInvitationStore(server.connection(), Clock.systemUTC());
  }

  @Override
  protected InvitationSearch search() {
    return new MongoInvitationSearch(server.connection());
  }
}
