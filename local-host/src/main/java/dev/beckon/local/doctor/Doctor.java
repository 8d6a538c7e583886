package dev.beckon.local.doctor;

import dev.beckon.app.Application;
import dev.beckon.app.EntryPoint;
import dev.beckon.app.Platform;
import dev.beckon.aws.platform.AwsPlatform;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.check.Finding;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.local.doctor.Report.Entry;
import dev.beckon.local.installation.Cloud;
import dev.beckon.mongo.StoreCheck;
import dev.beckon.vendor.VendorCatalog;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks over an installation as it is reached from this machine. What needs a part that is not well
 * is not looked at, and that is said; everything else is.
 */
public final class Doctor {
  private static final String CONFIGURATION = "configuration";
  private static final String STORE = "store";
  private static final String QUEUE = "queues";
  private static final String BUCKET = "bucket";

  private final VendorCatalog catalog;
  private final Round round;
  private final List<Entry> entries = new ArrayList<>();

  private Doctor(VendorCatalog catalog, Duration bound) {
    this.catalog = catalog;
    this.round = new Round(bound);
  }

  /**
   * Looks at every part.
   *
   * @param variables of the installation, unchecked
   * @param bound of each of three rounds of checks, made at once
   */
  public static Report examine(
      Map<String, String> variables, VendorCatalog catalog, Duration bound) {
    Doctor doctor = new Doctor(catalog, bound);
    doctor.configuration(variables);
    return new Report(doctor.entries);
  }

  private void configuration(Map<String, String> variables) {
    try {
      RuntimeConfig config = RuntimeConfig.of(variables);
      switch (Cloud.of(config)) {
        case AWS -> {
          try (AwsPlatform platform = new AwsPlatform(config)) {
            parts(config, platform, aws(config, platform));
          }
        }
        case AZURE -> {
          try (AzurePlatform platform = new AzurePlatform(config)) {
            parts(config, platform, azure(config, platform));
          }
        }
      }
    } catch (ConfigurationException e) {
      e.problems()
          .forEach(problem ->
              tell(
                  CONFIGURATION,
                  Finding.wrong(problem, "docs/configuration.md lists the variables")));
    }
  }

  private static List<Check> aws(RuntimeConfig config, AwsPlatform platform) {
    List<Check> checks = new ArrayList<>();
    for (ConfigKey key : EntryPoint.queues().values()) {
      checks.add(new Check(QUEUE, new QueueCheck(platform.sqs(), config, key)::run));
    }
    checks.add(
        new Check(
            BUCKET,
            new BucketCheck(platform.s3(), platform.objects(), config, platform.clock())::run));
    return checks;
  }

  private static List<Check> azure(RuntimeConfig config, AzurePlatform platform) {
    List<Check> checks = new ArrayList<>();
    for (ConfigKey key : EntryPoint.queues().values()) {
      checks.add(new Check(QUEUE, new StorageQueueCheck(platform, config, key)::run));
    }
    checks.add(new Check(BUCKET, new ContainerCheck(platform, config)::run));
    return checks;
  }

  private void parts(RuntimeConfig config, Platform platform, List<Check> ofCloud) {
    tell(CONFIGURATION, Finding.good("every variable can be read"));
    SecretsCheck secrets = new SecretsCheck(config, platform.secrets());
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("secrets", secrets::ofConfiguration));
    checks.addAll(ofCloud);
    checks.add(
        new Check("door", new DoorCheck(URI.create(config.text(ConfigKey.PUBLIC_URL)))::run));
    entries.addAll(round.run(checks));
    Optional<Application> application = application(config, platform);
    if (application.isPresent()) {
      // its parts are closed with the platform, its connections here
      try (Application opened = application.get()) {
        store(opened, platform, secrets);
      }
    }
  }

  private Optional<Application> application(RuntimeConfig config, Platform platform) {
    try {
      return Optional.of(Application.start(config, platform, catalog));
    } catch (RuntimeException e) {
      Finding why = Trouble.of(e);
      tell(
          STORE,
          Finding.unknown(
              "store, accounts and vendors were not looked at: " + why.what(),
              "mend the secrets and variables first"));
      return Optional.empty();
    }
  }

  private void store(Application application, Platform platform, SecretsCheck secrets) {
    StoreCheck store = application.storeCheck();
    List<Entry> reached = round.run(List.of(new Check(STORE, store::reachable)));
    entries.addAll(reached);
    boolean answers = reached.stream().anyMatch(e -> e.finding().mark() == Finding.Mark.GOOD);
    if (!answers) {
      tell("accounts", Finding.unknown("not looked at: the store does not answer", ""));
      return;
    }
    AccountsCheck accounts = new AccountsCheck(application, catalog, platform.secrets());
    List<Check> checks = new ArrayList<>();
    checks.add(new Check(STORE, store::indexes));
    checks.add(new Check("accounts", accounts::documents));
    checks.add(new Check("secrets", () -> secrets.ofAccounts(accounts.readable())));
    checks.add(new Check("work", () -> accounts.work(platform.clock().instant())));
    checks.addAll(accounts.vendors());
    entries.addAll(round.run(checks));
  }

  private void tell(String area, Finding finding) {
    entries.add(new Entry(area, finding));
  }
}
