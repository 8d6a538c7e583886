package dev.beckon.local.deploy;

import java.util.Map;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Who we are on AWS and where; asked before anything is begun that would need it half way. */
@FunctionalInterface
public interface AwsAccess {

  /**
   * The region to work in, once there are credentials.
   *
   * @throws IllegalStateException saying which of both is missing and how to give it
   */
  String region();

  /** By the SDK's default chains, as the commands that follow will find them. */
  static AwsAccess of(Map<String, String> environment) {
    return () -> {
      String region = environment.getOrDefault("AWS_REGION", "");
      if (region.isEmpty()) {
        region = environment.getOrDefault("AWS_DEFAULT_REGION", "");
      }
      try {
        if (region.isEmpty()) {
          region = DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        }
      } catch (SdkClientException e) {
        throw new IllegalStateException(
            "no AWS region is set: export AWS_REGION=eu-central-1, or whichever is yours", e);
      }
      try (DefaultCredentialsProvider credentials = DefaultCredentialsProvider.builder().build()) {
        credentials.resolveCredentials();
      } catch (SdkClientException e) {
        throw new IllegalStateException(
            "no AWS credentials were found. After aws sso login, or with a profile that takes a role: "
                + "eval \"$(aws configure export-credentials --format env)\"",
            e);
      }
      return region;
    };
  }
}
