package dev.beckon.local.installation;

import dev.beckon.app.Application;
import dev.beckon.app.Platform;
import dev.beckon.aws.platform.AwsPlatform;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.vendor.VendorCatalog;
import dev.beckon.vendors.Vendors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The core connected to the store, queues and bucket of one installation, for a command of its
 * operator. Thread-safe.
 */
public final class Installation implements AutoCloseable {
  /** Where a running demo says how it is reached. */
  public static final Path RUNNING = Path.of(".beckon", "running.env");

  private static final Map<String, String> SDK_PROPERTIES =
      Map.of(
          "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
          "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
          "AWS_REGION", "aws.region");

  private final Application application;
  private final Platform platform;
  private final RuntimeConfig config;

  private Installation(Application application, Platform platform, RuntimeConfig config) {
    this.application = application;
    this.platform = platform;
    this.config = config;
  }

  /**
   * Opens an installation: that of {@code file}, else that of the environment, else the demo that
   * runs in this folder.
   *
   * @throws ConfigurationException naming what is missing, or where nothing says which installation
   *     is meant
   */
  public static Installation open(@Nullable Path file, Map<String, String> environment) {
    return open(file, environment, Vendors.catalog());
  }

  /** The same, with vendors of the command's own. */
  public static Installation open(
      @Nullable Path file, Map<String, String> environment, VendorCatalog vendors) {
    RuntimeConfig config = RuntimeConfig.of(variables(file, environment));
    Platform platform =
        switch (Cloud.of(config)) {
          case AWS -> new AwsPlatform(config);
          case AZURE -> new AzurePlatform(config);
        };
    return new Installation(Application.start(config, platform, vendors), platform, config);
  }

  /**
   * The variables of an installation, found as {@link #open} finds them, not yet checked. What
   * among them is the AWS SDK's is set for this process where its environment does not say it.
   *
   * @throws ConfigurationException where nothing says which installation is meant
   */
  public static Map<String, String> variables(
      @Nullable Path file, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    if (file != null) {
      variables.putAll(new EnvironmentFile(file).read());
    } else if (!environment.containsKey(ConfigKey.MONGO_URI.variable())) {
      if (!Files.isReadable(RUNNING)) {
        throw new ConfigurationException(
            List.of(
                "no installation is named: set "
                    + ConfigKey.MONGO_URI.variable()
                    + " and the other variables of docs/configuration.md, give them in a file with --env,"
                    + " or start one here with ./beckon serve or ./beckon demo --keep"));
      }
      variables.putAll(new EnvironmentFile(RUNNING).read());
    }
    SDK_PROPERTIES.forEach((variable, property) -> {
      String value = variables.get(variable);
      if (value != null && System.getenv(variable) == null) {
        System.setProperty(property, value);
      }
    });
    return variables;
  }

  public Application application() {
    return application;
  }

  /**
   * The client of its queues; closed with it.
   *
   * @throws ConfigurationException where its queues are not SQS's
   */
  public SqsClient sqs() {
    if (platform instanceof AwsPlatform aws) {
      return aws.sqs();
    }
    throw new ConfigurationException(
        List.of(
            "this installation is on Azure, and this command takes from queues of SQS only: name one on AWS"
                + " with --env, or none, for local servers"));
  }

  /** Its variables, checked. */
  public RuntimeConfig config() {
    return config;
  }

  public Clock clock() {
    return platform.clock();
  }

  @Override
  public void close() {
    application.close();
  }
}
