package dev.beckon.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;

/** What {@code cdk.json} runs: reads the context and makes the templates of one installation. */
public final class BeckonApp {
  /** CDK's newer behaviour where we depend on it, wherever the app runs. */
  private static final Map<String, Object> FLAGS =
      Map.of(
          "@aws-cdk/aws-iam:minimizePolicies", true,
          "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true,
          "@aws-cdk/core:enablePartitionLiterals", true,
          "@aws-cdk/core:checkSecretUsage", true,
          "@aws-cdk/core:validateAgainstDefaultRules", true,
          "@aws-cdk/aws-lambda:recognizeLayerVersion", true);

  private BeckonApp() {}

  /** Exits with 1 and every problem of the context, or writes the templates. */
  public static void main(String[] args) {
    try {
      app(Map.of(), Path.of("").toAbsolutePath(), null).synth();
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /**
   * An app with one stack, checked by the AwsSolutions rules.
   *
   * @param context beside what the CDK's command line gives
   * @param home folder that relative paths of the context begin at
   * @param outdir folder of the templates; null: where the command line wants them
   * @throws SettingsException naming every problem of the context
   */
  static App app(Map<String, ?> context, Path home, @Nullable Path outdir) {
    Map<String, Object> all = new TreeMap<>(FLAGS);
    all.putAll(context);
    AppProps.Builder properties = AppProps.builder().context(all);
    if (outdir != null) {
      properties.outdir(outdir.toString());
    }
    App app = new App(properties.build());
    new BeckonStack(app, SettingsReader.read(contextOf(app), home));
    Aspects.of(app).add(new AwsSolutionsChecks());
    return app;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> contextOf(App app) {
    return (Map<String, ?>) app.getNode().getAllContext();
  }
}
