package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.beckon.check.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.Document;

/** Looks whether the store is as the installation needs it. Changes nothing. Thread-safe. */
public final class StoreCheck {
  private static final String ADDRESS = "the connection string BECKON_MONGO_URI names";

  /** A claim's lease allows workers and store to differ by a minute; half of it is alarming. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  /** The server's code for an operation its user may not do. */
  private static final int UNAUTHORIZED = 13;

  private final MongoConnection connection;
  private final Clock clock;

  public StoreCheck(MongoConnection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /** Whether it answers, lets us in, lets us write, and what its clock says. */
  public List<Finding> reachable() {
    List<Finding> findings = new ArrayList<>();
    try {
      Instant before = clock.instant();
      Document hello = hello();
      Instant after = clock.instant();
      write();
      long millis = Duration.between(before, after).toMillis();
      findings.add(
          Finding.good("MongoDB answers in " + millis + " ms, reads and writes are allowed"));
      if (hello.get("localTime") instanceof Date theirs) {
        findings.add(skew(theirs.toInstant(), before, after));
      }
      findings.add(transport());
    } catch (MongoException e) {
      findings.add(told(e));
    }
    return findings;
  }

  /** Whether every index exists that the installation declares. */
  public List<Finding> indexes() {
    List<String> missing = new ArrayList<>();
    List<String> unlike = new ArrayList<>();
    int declared = 0;
    try {
      for (Map.Entry<String, List<IndexModel>> entry : MongoConnection.declared().entrySet()) {
        Map<String, Document> existing = existing(entry.getKey());
        for (IndexModel index : entry.getValue()) {
          declared++;
          String keys = keys(index.getKeys().toBsonDocument());
          String name = entry.getKey() + " (" + keys + ")";
          Document found = existing.get(keys);
          if (found == null) {
            missing.add(name);
          } else if (index.getOptions().isUnique() != found.getBoolean("unique", false)) {
            unlike.add(name);
          }
        }
      }
    } catch (MongoException e) {
      return List.of(told(e));
    }
    List<Finding> findings = new ArrayList<>();
    if (!missing.isEmpty()) {
      findings.add(
          Finding.wrong(
              missing.size()
                  + " of "
                  + declared
                  + " indexes are missing: "
                  + String.join(", ", missing),
              "run ./beckon migrate"));
    }
    if (!unlike.isEmpty()) {
      findings.add(
          Finding.wrong(
              "indexes that are unique in one place only, store or Beckon: "
                  + String.join(", ", unlike),
              "drop them in the store, then run ./beckon migrate"));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.good("all " + declared + " indexes are there"));
    }
    return findings;
  }

  private Document hello() {
    try {
      return connection.command(new Document("hello", 1));
    } catch (MongoCommandException e) {
      // servers before 5.0, and stand-ins, know the older name only
      return connection.command(new Document("isMaster", 1));
    }
  }

  private void write() {
    MongoCollection<Document> probes = connection.collection("doctor");
    probes.updateOne(
        eq("_id", "probe"), Updates.currentDate("at"), new UpdateOptions().upsert(true));
    probes.deleteOne(eq("_id", "probe"));
  }

  private static Finding skew(Instant theirs, Instant before, Instant after) {
    Duration off =
        theirs.isBefore(before)
            ? Duration.between(theirs, before)
            : theirs.isAfter(after) ? Duration.between(after, theirs) : Duration.ZERO;
    String what = "the store's clock and this machine's differ by " + off.toMillis() + " ms";
    return off.compareTo(SKEW) > 0
        ? Finding.wrong(what, "set the clock that is wrong: leases and quiet hours go by it")
        : Finding.good(what);
  }

  private Finding transport() {
    if (connection.isEncrypted()) {
      return Finding.good("the connection to MongoDB is encrypted");
    }
    return connection.isLocal()
        ? Finding.notice(
            "the connection to MongoDB is not encrypted, and stays on this machine", "")
        : Finding.wrong(
            "the connection to MongoDB is not encrypted",
            "add tls=true to " + ADDRESS + ", or use mongodb+srv://");
  }

  private Map<String, Document> existing(String collection) {
    Map<String, Document> existing = new HashMap<>();
    for (Document index : connection.collection(collection).listIndexes()) {
      existing.put(keys(index.get("key", Document.class).toBsonDocument()), index);
    }
    return existing;
  }

  /** Fields in order, a minus before those that descend; numbers of any type. */
  private static String keys(BsonDocument keys) {
    return keys.entrySet().stream()
        .map(key ->
            (key.getValue() instanceof BsonNumber number && number.intValue() < 0 ? "-" : "")
                + key.getKey())
        .collect(Collectors.joining(", "));
  }

  /** The driver's own messages repeat hosts and documents: only what they mean is told. */
  private static Finding told(MongoException failure) {
    if (failure instanceof MongoSecurityException || is(failure, "AuthenticationFailed")) {
      return Finding.wrong(
          "MongoDB refuses the credentials",
          "correct user, password and authSource in "
              + ADDRESS
              + "; with MONGODB-AWS give the database user the role's ARN");
    }
    if (failure.getCode() == UNAUTHORIZED) {
      return Finding.wrong(
          "MongoDB lets the user in, but not do what Beckon does",
          "give the user the role readWrite on the database of BECKON_DATABASE");
    }
    if (failure instanceof MongoTimeoutException) {
      return Finding.wrong(
          "no MongoDB server answered within 3 s",
          "check host and port in "
              + ADDRESS
              + ", that the server runs, and its network access list or peering");
    }
    return Finding.wrong(
        "MongoDB failed: " + failure.getClass().getSimpleName() + ", code " + failure.getCode(),
        "look the code up in MongoDB's list of errors");
  }

  private static boolean is(MongoException failure, String name) {
    return failure instanceof MongoCommandException command
        && command.getErrorCodeName().equals(name);
  }
}
