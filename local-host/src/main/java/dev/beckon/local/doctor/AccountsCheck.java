package dev.beckon.local.doctor;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Dispatch;
import dev.beckon.account.Limits;
import dev.beckon.account.Secrets;
import dev.beckon.account.VendorAccount;
import dev.beckon.app.Application;
import dev.beckon.check.Finding;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorCatalog;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the accounts can be worked with, and whether their work goes on. */
final class AccountsCheck {
  /** Sweep comes each minute and hints again after half an hour. */
  private static final Duration LATE = Duration.ofMinutes(5);

  private static final Duration HINT = Duration.ofMinutes(40);
  private static final int MOST = 100;

  private final Application application;
  private final VendorCatalog catalog;
  private final Secrets secrets;

  AccountsCheck(Application application, VendorCatalog catalog, Secrets secrets) {
    this.application = application;
    this.catalog = catalog;
    this.secrets = secrets;
  }

  Collection<Account> readable() {
    return application.stores().accounts().all();
  }

  /** The documents, those that no worker can read included. */
  List<Finding> documents() {
    Map<String, AccountSource.Written> documents = application.stores().accounts().documents();
    if (documents.isEmpty()) {
      return List.of(
          Finding.notice("no account is configured yet", "./beckon configure account.json"));
    }
    List<Finding> findings = new ArrayList<>();
    documents.forEach((id, written) -> {
      List<String> problems = application.configuration().problems(written.json());
      String account = "account " + id + ", version " + written.version();
      if (problems.isEmpty()) {
        findings.add(Finding.good(account + ": settings, templates and links can be worked with"));
      }
      for (String problem : problems) {
        findings.add(
            Finding.wrong(account + ": " + problem, "correct the document: ./beckon configure"));
      }
    });
    for (Account account : readable()) {
      for (Dispatch dispatch : account.dispatches().values()) {
        if (dispatch.state() == Dispatch.State.PAUSED) {
          findings.add(
              Finding.notice(
                  "dispatch " + dispatch.id() + " of account " + account.id() + " is paused",
                  "./beckon resume " + dispatch.id() + " --account " + account.id()));
        }
      }
    }
    return findings;
  }

  /** One check for each vendor account. */
  List<Check> vendors() {
    List<Check> checks = new ArrayList<>();
    for (Account account : readable()) {
      for (VendorAccount vendor : account.vendorAccounts().values()) {
        checks.add(new Check("vendor " + account.id() + "/" + vendor.name(), () -> vendor(vendor)));
      }
    }
    return checks;
  }

  private List<Finding> vendor(VendorAccount configured) {
    Optional<VendorFactory> factory = catalog.find(configured.vendor());
    if (factory.isEmpty()) {
      return List.of(); // among the document's problems
    }
    try (Vendor vendor =
        factory
            .get()
            .create(
                VendorSettings.read(factory.get().settings(), configured.settings(), secrets))) {
      return vendor.check();
    } catch (IllegalArgumentException e) {
      return List.of(
          Finding.wrong(
              "its settings cannot be worked with: " + e.getMessage(),
              "correct the document: ./beckon configure"));
    }
  }

  /** Parcels that a running timer would have hinted at by now. */
  List<Finding> work(Instant now) {
    List<String> forgotten =
        application
            .stores()
            .parcels()
            .due(now.minus(LATE), now.minus(HINT), waitingOnPurpose(), MOST)
            .stream()
            .map(parcel -> parcel.id())
            .toList();
    return List.of(
        forgotten.isEmpty()
            ? Finding.good("no parcel is overdue")
            : Finding.wrong(
                "parcels are overdue and nobody hinted at them: "
                    + (forgotten.size() == MOST ? MOST + " or more" : forgotten.size())
                    + ", first "
                    + forgotten.getFirst(),
                "the sweep function is not running or fails: look at its timer and its log"));
  }

  /** A vendor's limits and a pause let parcels lie, and nothing is wrong with it. */
  private Set<ParcelStore.Owner> waitingOnPurpose() {
    Set<ParcelStore.Owner> owners = new HashSet<>();
    for (Account account : readable()) {
      Set<String> limited = new TreeSet<>();
      for (VendorAccount vendor : account.vendorAccounts().values()) {
        if (!vendor.limits().equals(Limits.NONE)) {
          limited.add(vendor.name());
        }
      }
      for (Dispatch dispatch : account.dispatches().values()) {
        boolean waits =
            dispatch.state() == Dispatch.State.PAUSED
                || dispatch.routes().stream()
                    .anyMatch(route -> route.vendorAccounts().stream().anyMatch(limited::contains));
        if (waits) {
          owners.add(new ParcelStore.Owner(account.id(), dispatch.id()));
        }
      }
    }
    return owners;
  }
}
