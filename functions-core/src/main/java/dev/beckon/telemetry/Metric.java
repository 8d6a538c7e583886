package dev.beckon.telemetry;

/** Everything that is counted or measured; alarms and dashboards use these names. */
public enum Metric {
  ACCEPTED("Accepted", Unit.COUNT, "rows that became invitations to be sent"),
  REFUSED("Refused", Unit.COUNT, "rows that were refused"),
  IMPORT_ROWS("ImportRows", Unit.COUNT, "rows of chunks, whatever became of them"),
  SENT("Sent", Unit.COUNT, "invitations a vendor accepted"),
  FAILED("Failed", Unit.COUNT, "invitations refused for good"),
  DEFERRED("Deferred", Unit.COUNT, "sends put off, to be tried again"),
  IN_DOUBT("InDoubt", Unit.COUNT, "invitations that may have been accepted, held for a decision"),
  DEAD("Dead", Unit.COUNT, "invitations given up after their last attempt"),
  VENDOR_LATENCY("VendorLatency", Unit.MILLISECONDS, "time a vendor took for one call"),
  PARCEL_AGE("ParcelAge", Unit.SECONDS, "how long a parcel was due before a worker began it"),
  OLDEST_PARCEL_AGE(
      "OldestParcelAge", Unit.SECONDS, "how long the oldest parcel that waits has been due"),
  IMPORT_STUCK("ImportStuck", Unit.COUNT, "imports whose state has not moved for 30 minutes"),
  API_REQUESTS("ApiRequests", Unit.COUNT, "requests answered"),
  API_LATENCY("ApiLatency", Unit.MILLISECONDS, "time to answer a request"),
  API_4XX("Api4xx", Unit.COUNT, "requests answered with a status of 400 to 499"),
  API_5XX("Api5xx", Unit.COUNT, "requests answered with a status of 500 or higher, or not at all");

  /** What a value is in; named as CloudWatch names it. */
  public enum Unit {
    COUNT("Count"),
    MILLISECONDS("Milliseconds"),
    SECONDS("Seconds");

    private final String label;

    Unit(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  private final String label;
  private final Unit unit;
  private final String meaning;

  Metric(String label, Unit unit, String meaning) {
    this.label = label;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** The metric's name where it is shown. */
  public String label() {
    return label;
  }

  public Unit unit() {
    return unit;
  }

  public String meaning() {
    return meaning;
  }
}
