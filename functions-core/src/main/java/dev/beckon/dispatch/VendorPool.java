package dev.beckon.dispatch;

import dev.beckon.account.Account;
import dev.beckon.account.Secret;
import dev.beckon.account.Secrets;
import dev.beckon.account.VendorAccount;
import dev.beckon.pace.Pace;
import dev.beckon.pace.PaceStore;
import dev.beckon.privacy.Failures;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorCatalog;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import dev.beckon.vendor.VendorTraits;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one built vendor per vendor account, so that connections last from one invocation to the
 * next; builds it anew when its settings or its secrets changed. Thread-safe.
 */
public final class VendorPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VendorPool.class);

  /**
   * A built vendor and what its factory promises.
   *
   * @param secrets what its references stood for when it was built
   */
  record Pooled(
      VendorAccount settings,
      Map<URI, Secret> secrets,
      Vendor vendor,
      VendorTraits traits,
      Circuit circuit,
      Pace pace) {}

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
    String key = account.id() + "/" + name;
    Pooled known = pooled.get(key);
    if (known != null && known.settings().equals(wanted) && isCurrent(known)) {
      return known;
    }
    VendorFactory factory = factory(wanted);
    // Before the map is locked: to ask for a secret may take seconds.
    VendorSettings settings = VendorSettings.read(factory.settings(), wanted.settings(), secrets);
    Pooled made =
        pooled.compute(
            key,
            (same, old) -> {
              if (old != null
                  && old.settings().equals(wanted)
                  && old.secrets().equals(settings.secrets())) {
                return old;
              }
              Pooled fresh = build(key, factory, wanted, settings);
              retire(old);
              return fresh;
            });
    return Objects.requireNonNull(made);
  }

  /** A secret that is gone or cannot be read leaves what was built in force. */
  private boolean isCurrent(Pooled known) {
    for (Map.Entry<URI, Secret> used : known.secrets().entrySet()) {
      try {
        if (!secrets.resolve(used.getKey()).equals(used.getValue())) {
          return false;
        }
      } catch (RuntimeException e) {
        LOG.warn(
            "vendor_account={} keeps the secrets it has: {}",
            known.settings().name(),
            Failures.tell(e));
      }
    }
    return true;
  }

  private VendorFactory factory(VendorAccount account) {
    return catalog
        .find(account.vendor())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "vendor account "
                    + account.name()
                    + " names the vendor "
                    + account.vendor()
                    + "; known are "
                    + catalog.names()));
  }

  private Pooled build(
      String key, VendorFactory factory, VendorAccount account, VendorSettings settings) {
    Vendor vendor = factory.create(settings);
    Set<URI> references = settings.secrets().keySet();
    if (!references.isEmpty()) {
      vendor = new RefusalWatch(vendor, () -> references.forEach(secrets::refresh));
    }
    Pace pace = new Pace(key, account.limits(), vendor, paces);
    return new Pooled(account, settings.secrets(), vendor, factory.traits(), new Circuit(), pace);
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
