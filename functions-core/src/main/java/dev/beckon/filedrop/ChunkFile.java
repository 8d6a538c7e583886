package dev.beckon.filedrop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.beckon.intake.Refusal;
import dev.beckon.privacy.Sealer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The objects a chunk is kept in: NDJSON, one array a row, zipped and sealed, because they hold
 * addresses. Thread-safe.
 */
final class ChunkFile {
  private static final JsonFactory JSON = new JsonFactory();

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
    return read(account, chunk.rowsKey()).stream()
        .map(line ->
            new RawRow(
                Long.parseLong(line.get(0)),
                line.subList(2, line.size()),
                line.get(1).isEmpty() ? null : line.get(1)))
        .toList();
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
    return read(account, chunk.refusalsKey()).stream()
        .map(line ->
            new Refusal(
                Integer.parseInt(line.get(0)), line.get(1), line.get(2), line.get(3), line.get(4)))
        .toList();
  }

  private void write(String account, String key, List<List<String>> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(new GZIPOutputStream(bytes))) {
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

  private List<List<String>> read(String account, String key) {
    try (InputStream stored =
        objects
            .read(key)
            .orElseThrow(() -> new IllegalStateException("the chunk object " + key + " is gone"))) {
      byte[] zipped = sealer.open(account, stored.readAllBytes());
      List<List<String>> lines = new ArrayList<>();
      try (JsonParser json =
          JSON.createParser(new GZIPInputStream(new ByteArrayInputStream(zipped)))) {
        while (json.nextToken() == JsonToken.START_ARRAY) {
          List<String> line = new ArrayList<>();
          while (json.nextToken() != JsonToken.END_ARRAY) {
            line.add(json.getText());
          }
          lines.add(line);
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("reading the chunk object " + key + " failed", e);
    }
  }
}
