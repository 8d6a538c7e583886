package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.addEachToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import dev.beckon.operations.ErasureOrders;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;

/** Ordered erasures in the collection {@code erasures}; it is small, and empty most of the time. */
public final class MongoErasureOrders implements ErasureOrders {
  private final MongoCollection<Document> orders;

  public MongoErasureOrders(MongoConnection connection) {
    this.orders = connection.collection("erasures");
  }

  @Override
  public void put(Order order) {
    orders.updateOne(
        eq("_id", order.id()),
        combine(
            set("account", order.account()),
            set("hashes", order.hashes()),
            max("at", Date.from(order.at())),
            addEachToSet("batches", new ArrayList<>(order.batches())),
            addEachToSet("dispatches", new ArrayList<>(order.dispatches()))),
        new UpdateOptions().upsert(true));
  }

  @Override
  public Optional<Order> find(String id) {
    return Optional.ofNullable(orders.find(eq("_id", id)).map(MongoErasureOrders::order).first());
  }

  @Override
  public List<Order> open(int limit) {
    return orders
        .find()
        .sort(Sorts.ascending("at"))
        .limit(limit)
        .map(MongoErasureOrders::order)
        .into(new ArrayList<>());
  }

  @Override
  public void done(Order asRead) {
    orders.deleteOne(and(eq("_id", asRead.id()), eq("at", Date.from(asRead.at()))));
  }

  private static Order order(Document document) {
    return new Order(
        document.getString("account"),
        document.getList("hashes", String.class, List.of()),
        document.getDate("at").toInstant(),
        texts(document, "batches"),
        texts(document, "dispatches"));
  }

  private static Set<String> texts(Document document, String field) {
    return new HashSet<>(document.getList(field, String.class, List.of()));
  }
}
