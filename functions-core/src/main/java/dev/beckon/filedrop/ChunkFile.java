package dev.beckon.filedrop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.beckon.intake.Refusal;
import dev.beckon.privacy.Sealer;
import dev.beckon.privacy.UnreadableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The objects a chunk is kept in: NDJSON, one array a row, zipped and sealed, because they hold
 * addresses. Thread-safe.
 */
final class ChunkFile {
  private static final JsonFactory JSON = new JsonFactory();

  /** Zipped and sealed; far more than 10,000 rows of a thousand short cells take. */
  private static final int MOST_BYTES = 256 << 20;

  private final Sealer sealer;
  private final ObjectStore objects;

  ChunkFile(Sealer sealer, ObjectStore objects) {
    this.sealer = sealer;
    this.objects = objects;
  }

  void writeRows(String account, Chunk chunk, List<RawRow> rows) {
    write(
        account,
        chunk.rowsKey(),
        rows.stream()
            .map(row -> {
              List<String> line = new ArrayList<>(row.cells().size() + 2);
              line.add(Long.toString(row.number()));
              String problem = row.problem();
              line.add(problem == null ? "" : problem);
              line.addAll(row.cells());
              return line;
            })
            .toList());
  }

  List<RawRow> readRows(String account, Chunk chunk) {
    return read(
        account,
        chunk.rowsKey(),
        line ->
            new RawRow(
                Long.parseLong(line.get(0)),
                line.subList(2, line.size()),
                line.get(1).isEmpty() ? null : line.get(1)));
  }

  void writeRefusals(String account, Chunk chunk, List<Refusal> refusals) {
    write(
        account,
        chunk.refusalsKey(),
        refusals.stream()
            .map(refusal ->
                List.of(
                    Integer.toString(refusal.row()),
                    refusal.field(),
                    refusal.code(),
                    refusal.message(),
                    refusal.value()))
            .toList());
  }

  List<Refusal> readRefusals(String account, Chunk chunk) {
    return read(
        account,
        chunk.refusalsKey(),
        line ->
            new Refusal(
                Integer.parseInt(line.get(0)), line.get(1), line.get(2), line.get(3), line.get(4)));
  }

  private void write(String account, String key, List<List<String>> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(new FastGzip(bytes))) {
      json.setRootValueSeparator(new SerializedString("\n"));
      for (List<String> line : lines) {
        json.writeStartArray();
        for (String cell : line) {
          json.writeString(cell);
        }
        json.writeEndArray();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    objects.write(key, sealer.seal(account, bytes.toByteArray()));
  }

  /** A chunk lives for minutes: a tenth more bytes for a third of the time is the better trade. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Reads an object whole or not at all; whatever is wrong with it, its key is named. */
  private <T> List<T> read(String account, String key, Function<List<String>, T> line) {
    try (InputStream stored =
        objects
            .read(key)
            .orElseThrow(() -> new IllegalStateException("the chunk object " + key + " is gone"))) {
      byte[] bytes = stored.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw damaged(key, "it is larger than we write them");
      }
      return lines(sealer.open(account, bytes)).stream().map(line).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the chunk object " + key + " failed", e);
    } catch (UnreadableException e) {
      throw damaged(key, String.valueOf(e.getMessage()));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw damaged(key, "a line of it is not one of ours");
    }
  }

  private static IllegalStateException damaged(String key, String why) {
    return new IllegalStateException(
        "the chunk object " + key + " is damaged: " + why + "; bring back its older version");
  }

  private static List<List<String>> lines(byte[] zipped) throws IOException {
    List<List<String>> lines = new ArrayList<>();
    try (JsonParser json =
        JSON.createParser(new GZIPInputStream(new ByteArrayInputStream(zipped)))) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token != JsonToken.START_ARRAY) {
          throw new IOException("something else than a list stands where a row begins");
        }
        List<String> line = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new IOException("something else than a text stands in a row");
          }
          line.add(json.getText());
        }
        lines.add(line);
      }
    }
    return lines;
  }
}
