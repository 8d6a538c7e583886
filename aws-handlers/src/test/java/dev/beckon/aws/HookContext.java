package dev.beckon.aws;

import java.util.ArrayList;
import java.util.List;
import org.crac.CheckpointException;
import org.crac.Context;
import org.crac.Resource;
import org.crac.RestoreException;

/** The runtime's side of the hooks: calls them when a test says so. */
public final class HookContext extends Context<Resource> {
  private final List<Resource> hooks = new ArrayList<>();

  @Override
  public void register(Resource hook) {
    hooks.add(hook);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws CheckpointException {
    for (Resource hook : hooks.reversed()) {
      try {
        hook.beforeCheckpoint(this);
      } catch (Exception e) {
        CheckpointException refused = new CheckpointException();
        refused.addSuppressed(e);
        throw refused;
      }
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) throws RestoreException {
    for (Resource hook : hooks) {
      try {
        hook.afterRestore(this);
      } catch (Exception e) {
        RestoreException failed = new RestoreException();
        failed.addSuppressed(e);
        throw failed;
      }
    }
  }
}
