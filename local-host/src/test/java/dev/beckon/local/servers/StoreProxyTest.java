package dev.beckon.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.beckon.local.servers.StoreProxy.Cut;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreProxyTest {
  private EmbeddedMongo mongo;
  private StoreProxy proxy;
  private MongoClient direct;
  private MongoClient throughProxy;

  @BeforeEach
  void start() {
    mongo = EmbeddedMongo.start();
    proxy = StoreProxy.start(mongo.port());
    direct = MongoClients.create(mongo.connectionString());
    throughProxy =
        MongoClients.create(proxy.connectionString() + "/?serverSelectionTimeoutMS=5000");
  }

  @AfterEach
  void stop() {
    throughProxy.close();
    direct.close();
    proxy.close();
    mongo.close();
  }

  @ParameterizedTest
  @CsvSource({"BEFORE_REQUEST,0", "WITHIN_REQUEST,0", "BEFORE_REPLY,1"})
  void arm_cutsTheNextWrite_andTheOneAfterIsWhole(Cut cut, long stored) {
    MongoCollection<Document> rows = rows(throughProxy);
    assertThat(rows.countDocuments()).isZero();
    proxy.arm(cut);

    assertThatThrownBy(() -> rows.insertOne(new Document("_id", 1)))
        .isInstanceOf(MongoException.class);
    assertThat(rows(direct).countDocuments()).isEqualTo(stored);
    assertThat(proxy.done(cut)).isEqualTo(1);

    rows.insertOne(new Document("_id", 2));
    assertThat(rows(direct).countDocuments()).isEqualTo(stored + 1);
  }

  @Test
  void goesOut_refusesEverything_untilItComesBack() {
    MongoCollection<Document> rows = rows(throughProxy);
    rows.insertOne(new Document("_id", 1));
    proxy.goesOut();

    assertThatThrownBy(() -> rows.insertOne(new Document("_id", 2)))
        .isInstanceOf(MongoException.class);
    assertThatThrownBy(() -> rows.insertOne(new Document("_id", 2)))
        .isInstanceOf(MongoTimeoutException.class);
    proxy.comesBack();
    rows.insertOne(new Document("_id", 2));

    assertThat(rows(direct).countDocuments()).isEqualTo(2);
  }

  private static MongoCollection<Document> rows(MongoClient client) {
    return client.getDatabase("test").getCollection("rows");
  }
}
