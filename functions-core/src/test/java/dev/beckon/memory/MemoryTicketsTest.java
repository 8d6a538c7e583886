package dev.beckon.memory;

import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.filedrop.ObjectTickets.Upload;
import dev.beckon.filedrop.ObjectTicketsContract;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

class MemoryTicketsTest extends ObjectTicketsContract {
  private final MemoryObjectStore store = new MemoryObjectStore(Clock.systemUTC());
  private final MemoryTickets tickets = new MemoryTickets(store, Clock.systemUTC());

  @Override
  protected ObjectStore store() {
    return store;
  }

  /** Its store has no clock of its own: a ticket of the past is one whose time is over. */
  @Override
  protected ObjectTickets tickets(Clock clock) {
    Duration late = Duration.between(clock.instant(), Clock.systemUTC().instant());
    return new ObjectTickets() {
      @Override
      public Upload upload(String key, long mostBytes, Duration validFor) {
        return tickets.upload(key, mostBytes, validFor.minus(late));
      }

      @Override
      public URI download(String key, String fileName, Duration validFor) {
        return tickets.download(key, fileName, validFor.minus(late));
      }
    };
  }

  @Override
  protected boolean send(Upload upload, byte[] file) {
    return tickets.put(upload.url(), file);
  }

  @Override
  protected Optional<byte[]> fetch(URI url) {
    return tickets.get(url);
  }

  @Override
  protected Upload bent(Upload upload, String key) {
    return new Upload(
        upload.method(),
        bent(upload.url(), key),
        upload.fields(),
        upload.headers(),
        upload.expiresAt(),
        upload.mostBytes());
  }

  @Override
  protected URI bent(URI url, String key) {
    return URI.create(url + "1");
  }
}
