package dev.beckon.local.torture;

import dev.beckon.app.Stores;
import dev.beckon.filedrop.Import;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far a round is.
 *
 * @param ended imports that are accepted or refused
 * @param stored invitations
 * @param open invitations that are not final yet
 * @param parcels that are not done yet
 */
record Standing(int imports, int ended, long stored, long open, long parcels) {

  static Standing of(Stores stores) {
    List<Import> imports = stores.imports().newest(1_000);
    AtomicLong stored = new AtomicLong();
    AtomicLong open = new AtomicLong();
    long parcels = 0;
    int ended = 0;
    for (Import dropped : imports) {
      if (dropped.state() == Import.State.ACCEPTED || dropped.state() == Import.State.REFUSED) {
        ended++;
      }
      stores
          .invitations()
          .countByState(dropped.id())
          .forEach((state, rows) -> {
            stored.addAndGet(rows);
            open.addAndGet(state.isFinal() ? 0 : rows);
          });
      parcels += stores.parcels().open(dropped.id());
    }
    return new Standing(imports.size(), ended, stored.get(), open.get(), parcels);
  }

  /** Whether so many files were worked through and nothing of them is under way. */
  boolean finished(int files) {
    return imports == files && ended == files && open == 0 && parcels == 0;
  }
}
