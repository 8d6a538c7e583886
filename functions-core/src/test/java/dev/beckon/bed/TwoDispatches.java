package dev.beckon.bed;

import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Row;
import dev.beckon.parcel.Lane;
import java.util.List;

/** Account {@code acme} with the dispatches {@code stay} and {@code leave}. */
public final class TwoDispatches {
  private final World world;

  private TwoDispatches(World world) {
    this.world = world;
  }

  /**
   * Configures a world.
   *
   * @param fatigue of the account
   * @param policy of both dispatches
   */
  public static TwoDispatches in(World world, String fatigue, String policy) {
    String dispatch =
        """
        {"routes": [{"channel": "email", "vendors": ["mail"]}],
         "templates": {"en": {"email": {"subject": "Hello", "text": "{{ survey_link }}"}}},
         "surveyLink": "https://survey.example/{token}",
         "fields": {"first_name": {}},
         "zone": "Europe/Berlin",
         "policy": %s}
        """
            .formatted(policy);
    world.store(
        """
        {"id": "acme", "fatigue": "%s",
         "vendorAccounts": {"mail": {"vendor": "scripted", "settings": {}}},
         "dispatches": {"stay": %s, "leave": %s}}
        """
            .formatted(fatigue, dispatch, dispatch));
    return new TwoDispatches(world);
  }

  /** Rows of a batch, accepted now. */
  public IntakeRequest request(String dispatch, String batch, List<Row> rows) {
    return new IntakeRequest(
        world.account(),
        world.account().requireDispatch(dispatch),
        batch,
        "0",
        Lane.BULK,
        world.clock.instant(),
        rows);
  }
}
