package dev.beckon.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.config.ConfigurationException;
import dev.beckon.config.RuntimeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AzureInjectorTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final List<Class<?>> FUNCTIONS =
      List.of(
          FileDropFunction.class,
          ChunkFunction.class,
          DispatchFunction.class,
          SweepFunction.class,
          DeadLetterFunction.class,
          HttpFunction.class);

  @Test
  void services_asTheWorkerLooks_holdThisOneAlone() {
    assertThat(ServiceLoader.load(FunctionInstanceInjector.class))
        .singleElement()
        .isInstanceOf(AzureInjector.class);
  }

  @Test
  void getInstance_everyFunctionFromManyThreads_startsOnceAndMakesEachOnce() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    try (Plant plant = MONGO.plant();
        ExecutorService threads = Executors.newFixedThreadPool(24)) {
      AzureInjector injector =
          new AzureInjector(() -> {
            starts.incrementAndGet();
            return application(plant);
          });
      CyclicBarrier together = new CyclicBarrier(24);
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        Class<?> function = FUNCTIONS.get(i % FUNCTIONS.size());
        calls.add(() -> {
          together.await();
          return injector.getInstance(function);
        });
      }

      List<Object> made = new ArrayList<>();
      for (Future<Object> call : threads.invokeAll(calls)) {
        made.add(call.get());
      }

      assertThat(starts).hasValue(1);
      for (int i = 0; i < made.size(); i++) {
        assertThat(made.get(i))
            .isInstanceOf(FUNCTIONS.get(i % FUNCTIONS.size()))
            .isSameAs(made.get(i % FUNCTIONS.size()));
      }
    }
  }

  @Test
  void getInstance_startFailedOnce_startsAgain() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    try (Plant plant = MONGO.plant()) {
      AzureInjector injector =
          new AzureInjector(() -> {
            if (starts.incrementAndGet() == 1) {
              throw new IllegalStateException("the vault does not answer");
            }
            return application(plant);
          });

      assertThatThrownBy(() -> injector.getInstance(ChunkFunction.class))
          .hasMessage("the vault does not answer");
      assertThat(injector.getInstance(ChunkFunction.class)).isNotNull();
      assertThat(starts).hasValue(2);
    }
  }

  @Test
  void getInstance_configurationWrong_namesEveryProblemEachTime() {
    AzureInjector injector =
        new AzureInjector(() ->
            AzureApplication.start(
                RuntimeConfig.of(Map.of("BECKON_MONGO_UR", "x", "BECKON_ACCOUNT_CACHE", "soon"))));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> injector.getInstance(HttpFunction.class))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll(
              "BECKON_MONGO_URI is missing",
              "BECKON_BUCKET is missing",
              "BECKON_BULK_QUEUE is missing",
              "did you mean BECKON_MONGO_URI?",
              "'soon' is not a duration");
    }
  }

  private static AzureApplication application(Plant plant) {
    return new AzureApplication(
        plant.application, plant.clock, new FileMessages(AzureFunctionsTest.CONTAINER));
  }
}
