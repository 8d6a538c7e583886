package dev.beckon.aws.platform;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Credentials that open nothing but the embedded servers. */
final class TestCredentials {
  static final String ID = "local-id";
  static final String KEY = "local-key";
  static final StaticCredentialsProvider PROVIDER =
      StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, KEY));

  private TestCredentials() {}
}
