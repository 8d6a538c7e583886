package dev.beckon.infra;

import dev.beckon.app.EntryPoint;
import dev.beckon.config.ConfigKey;
import dev.beckon.infra.Permissions.Lanes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.PermissionsBoundary;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** One installation of Beckon, whole. */
public final class BeckonStack extends Stack {
  /** Where the collector of a layer listens, in the same environment. */
  private static final String COLLECTOR = "http://localhost:4318";

  private final Settings settings;
  private final Map<EntryPoint, BeckonFunction> functions = new EnumMap<>(EntryPoint.class);

  public BeckonStack(Construct scope, Settings settings) {
    super(scope, settings.stackName(), properties(settings));
    this.settings = settings;
    Tags.of(this).add("beckon:installation", settings.stackName());

    Keys keys = new Keys(this, "Keys", settings);
    Lanes lanes =
        new Lanes(
            lane("Files", FunctionShape.FILE_TIMEOUT),
            lane("Chunk", FunctionShape.CHUNK_TIMEOUT),
            lane("Priority", FunctionShape.DISPATCH_TIMEOUT),
            lane("Bulk", FunctionShape.DISPATCH_TIMEOUT));
    FileDropBucket files = new FileDropBucket(this, "FileDrop", settings, keys, lanes.files());
    new InstallationSecrets(this, "Secrets", settings, keys);
    AtlasConnection atlas = new AtlasConnection(this, "Atlas", settings, keys);
    HttpDoor door = new HttpDoor(this, "Http", settings);
    Permissions permissions = new Permissions(this, settings, keys, files, lanes);

    Environment environment = environment(keys, lanes, files, atlas, door);
    Code code = Code.fromAsset(settings.jar().toString());
    Construct room = new Construct(this, "Functions");
    for (EntryPoint entryPoint : EntryPoint.values()) {
      functions.put(
          entryPoint,
          new BeckonFunction(
              room, entryPoint, settings, code, environment, permissions.of(entryPoint)));
    }
    connect(lanes, door);
    Observability observability = observe(keys, lanes);
    PeoplePolicies people = new PeoplePolicies(this, "People", settings, permissions);
    new NextSteps(this, settings)
        .files(files, people)
        .database(atlas, functions.values())
        .door(door)
        .alarms(observability)
        .operator(environment, people);
  }

  private static StackProps properties(Settings settings) {
    StackProps.Builder properties =
        StackProps.builder()
            .description("Beckon " + settings.stackName() + ": survey invitations")
            .terminationProtection(settings.profile().retained());
    settings
        .permissionsBoundary()
        .ifPresent(arn -> properties.permissionsBoundary(PermissionsBoundary.fromArn(arn)));
    return properties.build();
  }

  private DispatchLane lane(String id, Duration timeout) {
    return new DispatchLane(this, id, settings, timeout);
  }

  private Environment environment(
      Keys keys, Lanes lanes, FileDropBucket files, AtlasConnection atlas, HttpDoor door) {
    return new Environment()
        .with(ConfigKey.MONGO_URI, atlas.uri())
        .with(ConfigKey.DATABASE, database())
        .with(ConfigKey.BUCKET, files.bucket().getBucketName())
        .with(ConfigKey.FILES_QUEUE, lanes.files().queue().getQueueUrl())
        .with(ConfigKey.CHUNK_QUEUE, lanes.chunk().queue().getQueueUrl())
        .with(ConfigKey.PRIORITY_QUEUE, lanes.priority().queue().getQueueUrl())
        .with(ConfigKey.BULK_QUEUE, lanes.bulk().queue().getQueueUrl())
        .with(ConfigKey.PUBLIC_URL, door.publicUrl())
        .with(ConfigKey.SECRETS, "aws:" + settings.secretsPrefix())
        .with(
            ConfigKey.MASTER_KEY,
            "kms1=kms:" + keys.arn() + settings.oldMasterKeys().map(old -> "," + old).orElse(""))
        .with(
            ConfigKey.HASH_KEY,
            settings.hashKey().orElse("secret://" + InstallationSecrets.HASH_KEY))
        .with(ConfigKey.INSTALLATION, settings.stackName())
        .with(ConfigKey.METRICS, "emf")
        .with(ConfigKey.OTLP_ENDPOINT, settings.collectorLayer().map(arn -> COLLECTOR).orElse(""))
        .with(ConfigKey.CORS_ORIGINS, settings.api().corsOrigins().orElse(""))
        .with(ConfigKey.OIDC_ISSUER, settings.api().oidcIssuer().orElse(""))
        .with(
            ConfigKey.OIDC_AUDIENCE,
            settings
                .api()
                .oidcAudience()
                .orElseGet(() -> Objects.requireNonNull(ConfigKey.OIDC_AUDIENCE.fallback())))
        .with(ConfigKey.LOG_LEVEL, settings.profile().logLevel())
        .with(ConfigKey.ACCOUNT_CACHE, "PT30S");
  }

  /** So that two installations can share a cluster. */
  private String database() {
    return settings.stackName();
  }

  private void connect(Lanes lanes, HttpDoor door) {
    Profile.Concurrency most = settings.profile().concurrency();
    BeckonFunction undertaker = function(EntryPoint.DEAD_LETTER);
    lanes.files().workedOffBy(function(EntryPoint.FILE_DROP), 1, most.files(), undertaker);
    lanes.chunk().workedOffBy(function(EntryPoint.CHUNK), 1, most.chunk(), undertaker);
    lanes
        .priority()
        .workedOffBy(function(EntryPoint.DISPATCH_PRIORITY), 5, most.priority(), undertaker);
    lanes.bulk().workedOffBy(function(EntryPoint.DISPATCH_BULK), 5, most.bulk(), undertaker);
    new SweepTimer(this, "Timer", settings, function(EntryPoint.SWEEP));
    door.answeredBy(function(EntryPoint.HTTP));
  }

  private Observability observe(Keys keys, Lanes lanes) {
    Observability observability = new Observability(this, "Observability", settings, keys);
    observability.watch(lanes.files(), Duration.minutes(60));
    observability.watch(lanes.chunk(), Duration.minutes(30));
    observability.watch(lanes.priority(), Duration.minutes(5));
    observability.watch(lanes.bulk(), Duration.minutes(60));
    functions.values().forEach(observability::watch);
    observability.watchDeadLetters(function(EntryPoint.DEAD_LETTER));
    observability.watchWork();
    new OperationsDashboard(
        this, "Operations", settings, observability, lanes.all(), List.copyOf(functions.values()));
    return observability;
  }

  private BeckonFunction function(EntryPoint entryPoint) {
    BeckonFunction function = functions.get(entryPoint);
    if (function == null) {
      throw new IllegalStateException("no function for " + entryPoint);
    }
    return function;
  }
}
