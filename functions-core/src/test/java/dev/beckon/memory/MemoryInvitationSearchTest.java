package dev.beckon.memory;

import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationSearchContract;
import dev.beckon.invitation.InvitationStore;

class MemoryInvitationSearchTest extends InvitationSearchContract {
  private final MemoryInvitationStore store = new MemoryInvitationStore();

  @Override
  protected InvitationStore store() {
    return store;
  }

  @Override
  protected InvitationSearch search() {
    return new MemoryInvitationSearch(store);
  }
}
