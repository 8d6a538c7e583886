package dev.beckon.s3;

import java.net.URI;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 in this process, on loopback. */
public final class LocalS3 implements AutoCloseable {
  private final S3Proxy server;

  public LocalS3() throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, TestCredentials.ID, TestCredentials.KEY)
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
  }

  public int port() {
    return server.getPort();
  }

  public static S3Client client(int port) {
    return ClientDefaults.s3(Optional.of(URI.create("http://127.0.0.1:" + port)))
        .credentialsProvider(TestCredentials.PROVIDER)
        .build();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
