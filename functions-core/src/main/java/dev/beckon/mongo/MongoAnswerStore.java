package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertOneModel;
import dev.beckon.feedback.AnswerSheet;
import dev.beckon.feedback.AnswerSheet.Kept;
import dev.beckon.feedback.AnswerStore;
import dev.beckon.invitation.SealedValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;

/** Answers in the collection {@code answers}, a document an invitation. */
public final class MongoAnswerStore implements AnswerStore {
  private final MongoCollection<Document> answers;

  public MongoAnswerStore(MongoConnection connection) {
    this.answers = connection.collection("answers");
  }

  @Override
  public Optional<AnswerSheet> find(String invitation) {
    return Optional.ofNullable(answers.find(eq("_id", invitation)).first())
        .map(MongoAnswerStore::sheet);
  }

  @Override
  public boolean save(AnswerSheet sheet) {
    Document document = document(sheet);
    if (sheet.version() == 1) {
      return Bulk.write(answers, List.of(new InsertOneModel<>(document))).isEmpty();
    }
    return answers
            .replaceOne(
                and(eq("_id", sheet.invitation()), eq("version", sheet.version() - 1)), document)
            .getMatchedCount()
        == 1;
  }

  @Override
  public List<AnswerSheet> sealedUnder(String account, LocalDate day, int limit) {
    return answers
        .find(eq("sealedKeys", InvitationDocuments.sealedKey(account, day)))
        .limit(limit)
        .map(MongoAnswerStore::sheet)
        .into(new ArrayList<>());
  }

  @Override
  public void delete(Collection<String> invitations) {
    answers.deleteMany(in("_id", invitations));
  }

  private static Document document(AnswerSheet sheet) {
    List<Document> kept = new ArrayList<>();
    sheet.answers().forEach((question, answer) -> kept.add(document(question, answer)));
    return new Document("_id", sheet.invitation())
        .append("account", sheet.account())
        .append("dispatch", sheet.dispatch())
        .append("batch", sheet.batch())
        .append("firstAt", Date.from(sheet.firstAt()))
        .append("lastAt", Date.from(sheet.lastAt()))
        .append("complete", sheet.complete())
        .append("version", sheet.version())
        .append("answers", kept)
        .append(
            "sealedKeys",
            sheet.sealedOn().stream()
                .map(day -> InvitationDocuments.sealedKey(sheet.account(), day))
                .toList());
  }

  /** Questions are values and no keys: what stands in a key may hold no dot. */
  private static Document document(String question, Kept answer) {
    Document document = new Document("question", question).append("at", Date.from(answer.at()));
    return switch (answer) {
      case AnswerSheet.Figure figure -> document.append("figure", figure.value());
      case AnswerSheet.Choice choice -> document.append("choice", choice.value());
      case AnswerSheet.Words words -> document.append("words", new Binary(words.sealed().bytes()));
    };
  }

  private static AnswerSheet sheet(Document document) {
    Map<String, Kept> kept = new HashMap<>();
    for (Document answer : document.getList("answers", Document.class, List.of())) {
      kept.put(answer.getString("question"), kept(answer));
    }
    return new AnswerSheet(
        document.getString("_id"),
        document.getString("account"),
        document.getString("dispatch"),
        document.getString("batch"),
        document.getDate("firstAt").toInstant(),
        document.getDate("lastAt").toInstant(),
        document.getBoolean("complete", false),
        Fields.number(document, "version"),
        kept);
  }

  private static Kept kept(Document answer) {
    Instant at = answer.getDate("at").toInstant();
    if (answer.get("figure") instanceof Number figure) {
      return new AnswerSheet.Figure(at, figure.doubleValue());
    }
    if (answer.get("choice") instanceof Boolean choice) {
      return new AnswerSheet.Choice(at, choice);
    }
    return new AnswerSheet.Words(at, new SealedValue(answer.get("words", Binary.class).getData()));
  }
}
