package dev.beckon.azure.platform;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.SasProtocol;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.filedrop.Uploads;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tickets for one blob container: signatures for one blob each (<a
 * href="https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas">SAS</a>),
 * by a key that the identity is given for an hour, or by the account's key. Thread-safe.
 *
 * <p>A signature cannot say how large a blob may be: that is looked at when the file is read.
 */
final class BlobTickets implements ObjectTickets {
  private static final Duration KEY_LIFE = Duration.ofHours(1);

  /** The service's clock may be behind ours. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final BlobContainerClient container;
  private final boolean byIdentity;
  private final Clock clock;
  private final SasProtocol protocol;
  private @Nullable UserDelegationKey delegated;

  /**
   * @param byIdentity whether the client signs in as an identity, not with the account's key
   * @param clock the real time, by which the service goes
   */
  BlobTickets(BlobContainerClient container, boolean byIdentity, Clock clock) {
    this.container = container;
    this.byIdentity = byIdentity;
    this.clock = clock;
    // an emulator has no TLS
    this.protocol =
        container.getBlobContainerUrl().startsWith("https:")
            ? SasProtocol.HTTPS_ONLY
            : SasProtocol.HTTPS_HTTP;
  }

  @Override
  public Upload upload(String key, long mostBytes, Duration validFor) {
    Instant expires = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(validFor);
    URI url =
        signed(
            key,
            values(
                new BlobSasPermission().setCreatePermission(true).setWritePermission(true),
                expires));
    return new Upload(
        "PUT",
        url,
        Map.of(),
        Map.of("x-ms-blob-type", "BlockBlob"),
        expires,
        Math.max(mostBytes, Uploads.MOST_BYTES));
  }

  @Override
  public URI download(String key, String fileName, Duration validFor) {
    return signed(
        key,
        values(
                new BlobSasPermission().setReadPermission(true),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(validFor))
            .setContentDisposition("attachment; filename=\"" + fileName + "\""));
  }

  private BlobServiceSasSignatureValues values(BlobSasPermission permission, Instant expires) {
    return new BlobServiceSasSignatureValues(utc(expires), permission).setProtocol(protocol);
  }

  private URI signed(String key, BlobServiceSasSignatureValues values) {
    BlobClient blob = container.getBlobClient(key);
    String signature =
        byIdentity
            ? blob.generateUserDelegationSas(values, delegated(values.getExpiryTime()))
            : blob.generateSas(values);
    return URI.create(blob.getBlobUrl() + "?" + signature);
  }

  /** Kept until a signature would outlive it: each is a call of the service. */
  private synchronized UserDelegationKey delegated(OffsetDateTime until) {
    UserDelegationKey key = delegated;
    if (key == null || key.getSignedExpiry().isBefore(until)) {
      Instant now = clock.instant();
      key =
          container
              .getServiceClient()
              .getUserDelegationKey(utc(now.minus(SKEW)), utc(now.plus(KEY_LIFE)));
      delegated = key;
    }
    return key;
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
