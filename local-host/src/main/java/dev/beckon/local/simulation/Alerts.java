package dev.beckon.local.simulation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.account.Account;
import dev.beckon.account.VendorAccount;
import dev.beckon.app.Application;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Search;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore.Listed;
import dev.beckon.parcel.ParcelStore.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The account of the alert service, and what of an installation is its own. Thread-safe. */
public final class Alerts {
  /** Name of the account and of its one dispatch. */
  public static final String NAME = "sms-alerts";

  /** The field that holds the whole message. */
  static final String TEXT = "text";

  private static final String NETWORK = "network";
  private static final int PAGE = 500;

  /** A producer that says nothing for so long is gone; Sweep finishes what it left. */
  private static final Duration PRODUCER_GONE = Duration.ofMinutes(1);

  private final Application application;

  public Alerts(Application application) {
    this.application = application;
  }

  /** The account as it is configured; configures it first where it is not there. */
  public Account account() {
    return application
        .stores()
        .accounts()
        .find(NAME)
        .orElseGet(() -> application.configure(document()));
  }

  /**
   * Whether a sender may work here: it would send whatever lies on the queue, and only the
   * simulator's waits and failures are its own.
   *
   * @throws IllegalStateException saying why not, and what to do
   */
  void requireOwnInstallation() {
    List<String> others =
        application.stores().accounts().all().stream()
            .map(Account::id)
            .filter(id -> !id.equals(NAME))
            .sorted()
            .toList();
    if (!others.isEmpty()) {
      throw new IllegalStateException(
          "this installation also serves "
              + String.join(", ", others)
              + ", whose invitations a sender would send too: give the simulation a database and"
              + " queues of its own, or let the installation's workers send");
    }
    for (VendorAccount vendor : account().vendorAccounts().values()) {
      if (!vendor.vendor().equals(SimulatedNetwork.VENDOR)) {
        throw new IllegalStateException(
            "the account "
                + NAME
                + " sends through "
                + vendor.vendor()
                + ", to which waits and failures of the simulation mean nothing: let the"
                + " installation's workers send, or configure the simulator");
      }
    }
  }

  /** All its invitations in these states. */
  static Search search(Set<InvitationState> states) {
    return new Search(Set.of(), null, NAME, null, states, null, null);
  }

  /** Its parcels in these states, in no order that means anything. */
  List<Parcel> parcels(Set<Parcel.State> states) {
    List<Parcel> found = new ArrayList<>();
    Listing listing = new Listing(null, states, false);
    String after = "";
    while (true) {
      List<Listed> page = application.stores().parcels().list(listing, after, PAGE);
      page.stream()
          .map(Listed::parcel)
          .filter(parcel -> parcel.account().equals(NAME))
          .forEach(found::add);
      if (page.size() < PAGE) {
        return found;
      }
      after = page.getLast().parcel().id();
    }
  }

  /** Whether a producer is just handing messages in. */
  boolean isProducing(Instant now) {
    return parcels(Set.of(Parcel.State.FILLING)).stream()
        .anyMatch(parcel -> parcel.createdAt().isAfter(now.minus(PRODUCER_GONE)));
  }

  /** Whether anything is left to be sent, or coming. */
  boolean isWorkLeft(Instant now) {
    return isProducing(now) || !parcels(Set.of(Parcel.State.READY)).isEmpty();
  }

  private static String document() {
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    root.put("id", NAME).put("name", "SMS alert service (simulation)");
    ObjectNode network = root.putObject("vendorAccounts").putObject(NETWORK);
    network.put("vendor", SimulatedNetwork.VENDOR).putObject("settings");
    ObjectNode dispatch = root.putObject("dispatches").putObject(NAME);
    dispatch.put("name", "SMS alerts").put("state", "live").put("defaultLanguage", "en");
    ObjectNode route = dispatch.putArray("routes").addObject();
    route.put("channel", "sms").putArray("vendors").add(NETWORK);
    dispatch
        .putObject("templates")
        .putObject("en")
        .putObject("sms")
        .put("text", "{{ " + TEXT + " }}");
    dispatch.put("surveyLink", "https://alerts.example/{token}");
    dispatch.putObject("fields").putObject(TEXT).put("required", true);
    // Hold: what was in a killed sender's hands may have gone out, and nobody is told twice.
    dispatch
        .putObject("policy")
        .put("fatigue", "PT0S")
        .put("expires", "P1D")
        .put("inDoubt", "hold");
    root.putObject("feeds");
    return root.toString();
  }
}
