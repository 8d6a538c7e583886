package dev.beckon.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.operations.ErasureOrders.Order;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ErasureOrders} keeps. Each test starts with an empty one. */
public abstract class ErasureOrdersContract {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

  protected abstract ErasureOrders orders();

  private static Order order(String hash, Instant at, Set<String> batches) {
    return new Order("acme", List.of(hash, "k1:old"), at, batches, Set.of("stay"));
  }

  @Test
  void put_new_isFoundAsItWas() {
    Order order = order("k2:a", NOON, Set.of("b1"));

    orders().put(order);

    assertThat(orders().find(order.id())).contains(order);
    assertThat(orders().find("acme/k2:b")).isEmpty();
  }

  @Test
  void put_again_addsBatchesAndKeepsTheLaterTime() {
    orders().put(order("k2:a", NOON.plusSeconds(9), Set.of("b1")));
    orders().put(order("k2:a", NOON, Set.of("b2")));

    Order both = orders().find("acme/k2:a").orElseThrow();
    assertThat(both.batches()).containsExactlyInAnyOrder("b1", "b2");
    assertThat(both.at()).isEqualTo(NOON.plusSeconds(9));
  }

  @Test
  void open_several_oldestFirst() {
    orders().put(order("k2:young", NOON.plusSeconds(1), Set.of()));
    orders().put(order("k2:old", NOON, Set.of()));

    assertThat(orders().open(10)).extracting(Order::at).containsExactly(NOON, NOON.plusSeconds(1));
    assertThat(orders().open(1)).hasSize(1);
  }

  @Test
  void done_asRead_isGone_orderedAgain_stays() {
    Order read = order("k2:a", NOON, Set.of());
    orders().put(read);
    orders().put(order("k2:a", NOON.plusSeconds(1), Set.of()));

    orders().done(read);
    assertThat(orders().open(10)).hasSize(1);

    orders().done(orders().open(1).getFirst());
    assertThat(orders().open(10)).isEmpty();
  }
}
