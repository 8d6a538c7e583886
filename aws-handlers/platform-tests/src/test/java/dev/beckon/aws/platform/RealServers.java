package dev.beckon.aws.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * Finds the servers of a run, and tells tests by system properties: those the environment names,
 * else containers, else none and why. Called once, before any test.
 */
public final class RealServers implements LauncherSessionListener {
  /** The last image that runs without an account. */
  private static final String LOCALSTACK = "localstack/localstack:4.14.0";

  private static final String MONGODB = "mongo:8.0";

  private static final List<String> SERVICES = List.of("SQS", "S3", "SECRETS_MANAGER", "KMS");

  private final List<GenericContainer<?>> started = new ArrayList<>();

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    tell("mongodb", "MONGODB_URI", System.getenv("MONGODB_URI"), this::mongo);
    String all = System.getenv("LOCALSTACK_ENDPOINT");
    boolean one = SERVICES.stream().anyMatch(service -> System.getenv(own(service)) != null);
    for (String service : SERVICES) {
      String own = System.getenv(own(service));
      tell(
          "aws." + service.toLowerCase(Locale.ROOT),
          "LOCALSTACK_ENDPOINT nor " + own(service),
          own == null ? all : own,
          one ? () -> null : this::localStack);
    }
  }

  /** The name the SDK itself reads. */
  private static String own(String service) {
    return "AWS_ENDPOINT_URL_" + service;
  }

  private static void tell(String server, String variables, String given, Supplier<String> start) {
    String address = given == null ? start.get() : given;
    if (address == null) {
      System.setProperty(
          "beckon.test." + server + ".missing",
          "neither " + variables + " is set nor is there a Docker engine");
    } else {
      System.setProperty("beckon.test." + server, address);
    }
  }

  private static boolean hasDocker() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  private String mongo() {
    if (!hasDocker()) {
      return null;
    }
    MongoDBContainer container = new MongoDBContainer(MONGODB).withReplicaSet();
    started.add(container);
    container.start();
    return container.getReplicaSetUrl();
  }

  private String localStack() {
    for (GenericContainer<?> container : started) {
      if (container instanceof LocalStackContainer running) {
        return running.getEndpoint().toString();
      }
    }
    if (!hasDocker()) {
      return null;
    }
    LocalStackContainer container =
        new LocalStackContainer(LOCALSTACK).withServices("sqs", "s3", "secretsmanager", "kms");
    started.add(container);
    container.start();
    return container.getEndpoint().toString();
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    started.forEach(GenericContainer::stop);
  }
}
