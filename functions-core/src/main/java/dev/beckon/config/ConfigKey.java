package dev.beckon.config;

import org.jspecify.annotations.Nullable;

/** Every environment variable Beckon reads, with its default and meaning. */
public enum ConfigKey {
  MONGO_URI(null, "MongoDB connection string, or secret://name of one"),
  DATABASE("beckon", "name of the database"),
  BUCKET(
      null,
      "where files are dropped: the name of an S3 bucket; on Azure the address of a blob container, or"
          + " s3://<bucket>?region=<region>"),
  FILES_QUEUE(null, "URL of the queue that wakes waiting imports (feeds the file-drop function)"),
  CHUNK_QUEUE(null, "URL of the queue of chunks"),
  PRIORITY_QUEUE(null, "URL of the queue of parcels from the API and the contact centre"),
  BULK_QUEUE(null, "URL of the queue of parcels from imports"),
  PUBLIC_URL(null, "address under which the HTTP door answers, for unsubscribe links"),
  MASTER_KEY(
      "secret://beckon-master-key",
      "reference of the 256-bit key that wraps the account-day keys, base64, or kms:<ARN> of a key of AWS"
          + " KMS, or keyvault:<URL> of a key of Azure Key Vault; several while it rotates: m2=kms:arn:…,m1=secret://old"),
  HASH_KEY(
      "secret://beckon-hash-key",
      "reference of the key of recipient hashes, base64, at least 256 bits; several while it rotates:"
          + " k2=secret://new,k1=secret://old"),
  SECRETS(
      null,
      "where secret:// references are resolved: file:<path> of a JSON object of names and values,"
          + " aws:<prefix> of names in AWS Secrets Manager, or keyvault:<URL> of an Azure Key Vault"),
  INSTALLATION("beckon", "name of this installation, as its logs, metrics and traces carry it"),
  LOG_LEVEL("WARN", "how much is logged: ERROR, WARN, INFO or DEBUG"),
  METRICS(
      "none",
      "where figures go: none; on AWS emf, for lines that CloudWatch makes metrics of; on Azure log, for lines that Application Insights finds"),
  OTLP_ENDPOINT(
      "",
      "address of an OpenTelemetry collector that takes traces by OTLP over HTTP, such as http://localhost:4318; empty for no traces"),
  CORS_ORIGINS(
      "",
      "origins whose pages may call the API from a browser, such as https://console.example, separated by"
          + " commas; empty for none"),
  OIDC_ISSUER(
      "",
      "address of an OpenID Connect issuer whose tokens are taken beside API keys; empty for none"),
  OIDC_AUDIENCE("beckon", "audience that its tokens must name"),
  ACCOUNT_CACHE("PT30S", "how stale a worker's account configuration may be"),
  SNS_TOPIC(
      "",
      "ARN of the SNS topic that tells of files in the S3 bucket; empty where files lie in Azure Storage",
      Setter.AZURE),
  S3_CREDENTIALS(
      "",
      "secret://name of a JSON object with accessKeyId and secretAccessKey, by which the S3 bucket is read"
          + " from Azure; empty where files lie in Azure Storage",
      Setter.AZURE),
  STORAGE(
      "",
      "connection string of an Azure Storage account, where there is no managed identity; empty for the identity",
      Setter.WORKBENCH),
  SQS_ENDPOINT("", "address of an SQS other than AWS's own; empty for AWS", Setter.WORKBENCH),
  S3_ENDPOINT("", "address of an S3 other than AWS's own; empty for AWS", Setter.WORKBENCH),
  CLOCK_SHIFT("PT0S", "shifts this worker's clock, for fault tests only", Setter.WORKBENCH),
  CLOCK_FILE(
      "",
      "file of 8 bytes, big-endian milliseconds, that shift the clocks of all workers at once, for fault tests only",
      Setter.WORKBENCH);

  /** Who gives a key its value. */
  public enum Setter {
    /** What provisions an installation: it sets the key on every function. */
    DEPLOYMENT,
    /** What provisions an installation on Azure, beside those. */
    AZURE,
    /** The local host and tests; never set in a cloud. */
    WORKBENCH
  }

  /** What every key starts with in the environment. */
  public static final String PREFIX = "BECKON_";

  private final @Nullable String fallback;
  private final String meaning;
  private final Setter setter;

  ConfigKey(@Nullable String fallback, String meaning) {
    this(fallback, meaning, Setter.DEPLOYMENT);
  }

  ConfigKey(@Nullable String fallback, String meaning, Setter setter) {
    this.fallback = fallback;
    this.meaning = meaning;
    this.setter = setter;
  }

  /** The environment variable, such as {@code BECKON_MONGO_URI}. */
  public String variable() {
    return PREFIX + name();
  }

  /** The value when the variable is not set; null when it must be set. */
  public @Nullable String fallback() {
    return fallback;
  }

  public String meaning() {
    return meaning;
  }

  public Setter setter() {
    return setter;
  }
}
