package dev.beckon.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads one object to its end, over as many connections as that takes: when one breaks, the next
 * asks for the rest ({@code Range}) of the very same content ({@code If-Match}, RFC 9110 section
 * 13.1.1). A checksum of the whole content, where S3 keeps one, is compared at the end, over
 * however many connections it came. Not thread-safe.
 */
final class ResumingInputStream extends InputStream {
  private static final Logger log = LoggerFactory.getLogger(ResumingInputStream.class);

  /** Broken connections without progress in between, after which we give up. */
  private static final int MOST_BREAKS = 5;

  /** Bytes that count as progress. */
  private static final long PROGRESS = 64 * 1024;

  private final S3Client client;
  private final String bucket;
  private final String key;
  private final String version;
  private final long size;
  private final WholeChecksum checksum;
  private ResponseInputStream<GetObjectResponse> in;
  private long offset;
  private long lastBreak;
  private int breaks;
  private boolean closed;

  ResumingInputStream(
      S3Client client, String bucket, String key, ResponseInputStream<GetObjectResponse> first) {
    this.client = client;
    this.bucket = bucket;
    this.key = key;
    this.in = first;
    this.version = first.response().eTag();
    this.size = first.response().contentLength();
    this.checksum = WholeChecksum.of(first.response());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, bytes.length);
    if (closed) {
      throw new IOException("the stream of " + key + " is closed");
    }
    if (length == 0) {
      return 0;
    }
    while (true) {
      Exception broken;
      try {
        int n = in.read(bytes, start, length);
        if (n > 0) {
          offset += n;
          checksum.update(bytes, start, n);
          return n;
        }
        if (offset == size && checksum.isRight()) {
          return -1; // reading to -1 also let the SDK compare the checksum
        }
        broken = new IOException("ended early");
      } catch (IOException | SdkException e) {
        broken = e;
      }
      if (offset >= size) {
        // every byte came and yet the end failed: the checksum. Reading again would not tell why.
        throw new IOException("object " + key + " arrived damaged", broken);
      }
      reopen(broken);
    }
  }

  private void reopen(Exception broken) throws IOException {
    in.abort();
    if (offset - lastBreak >= PROGRESS) {
      breaks = 0;
    }
    lastBreak = offset;
    breaks++;
    if (breaks > MOST_BREAKS) {
      throw new IOException("object " + key + " cannot be read on at byte " + offset, broken);
    }
    log.info("object=read_on offset={} size={} break={}", offset, size, breaks);
    try {
      in =
          client.getObject(request ->
              request
                  .bucket(bucket)
                  .key(key)
                  .ifMatch(version)
                  .range("bytes=" + offset + "-" + (size - 1)));
      String range = String.valueOf(in.response().contentRange());
      if (!range.equals("bytes " + offset + "-" + (size - 1) + "/" + size)) {
        in.abort();
        throw new IOException(
            "object "
                + key
                + " cannot be read on: byte "
                + offset
                + " was asked for, got "
                + range);
      }
    } catch (S3Exception e) {
      if (e.statusCode() == 412 || e.statusCode() == 404) {
        throw new IOException("object " + key + " was replaced or removed while being read", e);
      }
      throw new IOException("object " + key + " cannot be read on at byte " + offset, e);
    } catch (SdkException e) {
      throw new IOException("object " + key + " cannot be read on at byte " + offset, e);
    }
  }

  @Override
  public int available() throws IOException {
    return closed ? 0 : in.available();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (offset >= size) {
      in.close();
    } else {
      in.abort(); // close() would first read the rest, gigabytes perhaps
    }
  }
}
