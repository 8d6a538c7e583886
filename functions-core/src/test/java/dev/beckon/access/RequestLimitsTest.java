package dev.beckon.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.access.Gatekeeper.Admission;
import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests a minute, through the gatekeeper on a real store. */
class RequestLimitsTest {
  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private World world;
  private World other;

  @BeforeEach
  void start() {
    world = HOST.world();
    other = world.restarted(new World.Keys("k1", "m1"));
  }

  @AfterEach
  void stop() {
    other.close();
    world.close();
  }

  private String key(int perMinute) {
    KeyGrant grant =
        new KeyGrant("crm", KeyKind.LIVE, Set.of(Scope.READ), Set.of(), perMinute, null);
    return world.access.keys().issue("acme", grant, "ada").text().reveal();
  }

  private static Allowance ask(World process, String key) {
    return ((Admission.Known) process.access.gatekeeper().admit("Bearer " + key, "")).allowance();
  }

  private static List<Allowance> ask(World process, String key, int times) {
    List<Allowance> allowances = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      allowances.add(ask(process, key));
    }
    return allowances;
  }

  private static long granted(List<Allowance> allowances) {
    return allowances.stream().filter(Allowance::granted).count();
  }

  @Test
  void allow_oneProcess_grantsTheLimitAndTellsWhatIsLeft() {
    String key = key(5);
    world.clock.advance(Duration.ofSeconds(15));

    assertThat(ask(world, key, 6))
        .containsExactly(
            new Allowance(true, 5, 4, 45),
            new Allowance(true, 5, 3, 45),
            new Allowance(true, 5, 2, 45),
            new Allowance(true, 5, 1, 45),
            new Allowance(true, 5, 0, 45),
            new Allowance(false, 5, 0, 45));
  }

  @Test
  void allow_nextMinute_beginsAnew() {
    String key = key(5);
    ask(world, key, 6);

    world.clock.advance(Duration.ofSeconds(60));

    assertThat(ask(world, key)).isEqualTo(new Allowance(true, 5, 4, 60));
  }

  @Test
  void allow_twoProcesses_shareOneLimit() {
    String key = key(100);
    List<Allowance> all = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      all.add(ask(world, key));
      all.add(ask(other, key));
    }

    assertThat(granted(all)).isEqualTo(100);
  }

  @Test
  void allow_idleProcess_keepsLittleFromTheOthers() {
    String key = key(600);
    ask(other, key);

    assertThat(granted(ask(world, key, 700))).isEqualTo(599);
  }

  @Test
  void allow_manyRequests_asksTheStoreNowAndThen() {
    String key = key(600);
    world.cuts.arm(1_000_000, Cuts.Side.BEFORE);

    assertThat(granted(ask(world, key, 700))).isEqualTo(600);

    assertThat(world.cuts.steps().stream().filter("RequestCounts.take"::equals))
        .hasSizeBetween(20, 30);
  }

  @Test
  void allow_largestLimit_asksTheStoreAsSeldom() {
    String key = key(KeyGrant.MOST_PER_MINUTE);
    world.cuts.arm(1_000_000, Cuts.Side.BEFORE);

    assertThat(granted(ask(world, key, 10_000))).isEqualTo(10_000);

    assertThat(world.cuts.steps().stream().filter("RequestCounts.take"::equals)).hasSizeLessThan(6);
  }

  @Test
  void allow_storeDoesNotAnswer_countsAloneAndAsksAgainLater() {
    String key = key(10);
    ask(world, key);
    world.cuts.arm(0, Cuts.Side.BEFORE);

    assertThat(granted(ask(world, key, 20))).isEqualTo(9);
    assertThat(world.cuts.steps()).containsExactly("RequestCounts.take");

    world.clock.advance(Duration.ofSeconds(60));
    world.cuts.arm(1_000_000, Cuts.Side.BEFORE);
    assertThat(granted(ask(world, key, 20))).isEqualTo(10);
    assertThat(world.cuts.steps()).contains("RequestCounts.take");
  }
}
