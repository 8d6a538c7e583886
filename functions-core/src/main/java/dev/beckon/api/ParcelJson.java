package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore.Listed;
import java.time.Instant;

/** Parcels, the units of work, in replies. */
final class ParcelJson {
  private ParcelJson() {}

  static ObjectNode of(Listed listed) {
    Parcel parcel = listed.parcel();
    Parcel.Redrive redrive = parcel.redrive();
    Instant hinted = listed.nudgedAt();
    ObjectNode json =
        Json.object()
            .put("id", parcel.id())
            .put("dispatch", parcel.dispatch())
            .put("batch", parcel.batch())
            .put("rows", parcel.rows().size())
            .put("state", parcel.state().name())
            .put("createdAt", parcel.createdAt().toString())
            .put("due", parcel.due().toString())
            .put("suspect", parcel.suspect())
            .put("tries", listed.tries());
    if (hinted != null) {
      json.put("hintedAt", hinted.toString());
    }
    if (redrive != null) {
      json.put("redrive", redrive.number());
    }
    return json;
  }
}
