package dev.beckon.mongo;

import java.util.Collection;
import java.util.function.Consumer;
import org.bson.BsonBinaryWriter;
import org.bson.BsonWriter;
import org.bson.RawBsonDocument;
import org.bson.io.BasicOutputBuffer;

/**
 * Documents written as bytes at once. The driver copies them as they are; a tree of values it walks
 * and looks up a codec for each, which made storing the rows of a file twice as expensive.
 */
final class Raw {
  private Raw() {}

  /**
   * @param size about how many bytes it will have
   */
  static RawBsonDocument document(int size, Consumer<BsonWriter> fields) {
    try (BasicOutputBuffer bytes = new BasicOutputBuffer(size);
        BsonBinaryWriter writer = new BsonBinaryWriter(bytes)) {
      writer.writeStartDocument();
      fields.accept(writer);
      writer.writeEndDocument();
      return new RawBsonDocument(bytes.getInternalBuffer(), 0, bytes.getPosition());
    }
  }

  /** The condition that a document's id is one of these. */
  static RawBsonDocument idIn(Collection<String> ids) {
    return document(
        64 + ids.size() * 80,
        condition -> {
          condition.writeStartDocument("_id");
          condition.writeStartArray("$in");
          ids.forEach(condition::writeString);
          condition.writeEndArray();
          condition.writeEndDocument();
        });
  }
}
