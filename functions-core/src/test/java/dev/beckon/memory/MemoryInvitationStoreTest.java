package dev.beckon.memory;

import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStoreContract;

class MemoryInvitationStoreTest extends InvitationStoreContract {
  private final MemoryInvitationStore store = new MemoryInvitationStore();

  @Override
  protected InvitationStore store() {
    return store;
  }
}
