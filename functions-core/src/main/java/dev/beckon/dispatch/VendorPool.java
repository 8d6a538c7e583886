package dev.beckon.dispatch;

import dev.beckon.account.Account;
import dev.beckon.account.Secrets;
import dev.beckon.account.VendorAccount;
import dev.beckon.pace.Pace;
import dev.beckon.pace.PaceStore;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorCatalog;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import dev.beckon.vendor.VendorTraits;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one built vendor per vendor account, so that connections last from one invocation to the
 * next; builds it anew when its settings changed. Thread-safe.
 */
public final class VendorPool implements AutoCloseable {

  /** A built vendor and what its factory promises. */
  record Pooled(
      VendorAccount settings, Vendor vendor, VendorTraits traits, Circuit circuit, Pace pace) {}

  private final VendorCatalog catalog;
  private final Secrets secrets;
  private final PaceStore paces;
  private final Map<String, Pooled> pooled = new ConcurrentHashMap<>();
  private final Queue<Vendor> outdated = new ConcurrentLinkedQueue<>();

  public VendorPool(VendorCatalog catalog, Secrets secrets, PaceStore paces) {
    this.catalog = catalog;
    this.secrets = secrets;
    this.paces = paces;
  }

  /**
   * The vendor behind a vendor account.
   *
   * @throws IllegalArgumentException naming what is wrong with its configuration
   */
  Pooled of(Account account, String name) {
    VendorAccount wanted = account.vendorAccounts().get(name);
    if (wanted == null) {
      throw new IllegalArgumentException(
          "account " + account.id() + " has no vendor account " + name);
    }
    Pooled made =
        pooled.compute(
            account.id() + "/" + name,
            (key, old) -> {
              if (old != null && old.settings().equals(wanted)) {
                return old;
              }
              Pooled fresh = build(key, wanted);
              retire(old);
              return fresh;
            });
    return Objects.requireNonNull(made);
  }

  private Pooled build(String key, VendorAccount account) {
    VendorFactory factory =
        catalog
            .find(account.vendor())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "vendor account "
                        + account.name()
                        + " names the vendor "
                        + account.vendor()
                        + "; known are "
                        + catalog.names()));
    VendorSettings settings = VendorSettings.read(factory.settings(), account.settings(), secrets);
    Vendor vendor = factory.create(settings);
    Pace pace = new Pace(key, account.limits(), vendor, paces);
    return new Pooled(account, vendor, factory.traits(), new Circuit(), pace);
  }

  /** Another invocation may still send through it, so it is closed only at the end. */
  private void retire(@Nullable Pooled old) {
    if (old != null) {
      outdated.add(old.vendor());
    }
  }

  @Override
  public void close() {
    pooled.values().forEach(entry -> entry.vendor().close());
    outdated.forEach(Vendor::close);
  }
}
