package dev.beckon.s3;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Credentials that open nothing but the embedded servers. */
public final class TestCredentials {
  public static final String ID = "local-id";
  public static final String KEY = "local-key";
  public static final StaticCredentialsProvider PROVIDER =
      StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, KEY));

  private TestCredentials() {}
}
