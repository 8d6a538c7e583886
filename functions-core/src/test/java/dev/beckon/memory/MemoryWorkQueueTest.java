package dev.beckon.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.parcel.WorkQueue;
import dev.beckon.parcel.WorkQueueContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryWorkQueueTest extends WorkQueueContract {
  private final MemoryWorkQueue queue = new MemoryWorkQueue();

  @Override
  protected WorkQueue queue() {
    return queue;
  }

  @Override
  protected List<String> receiveAll() {
    return queue.take(Integer.MAX_VALUE);
  }

  @Test
  void send_queueDown_returnsEveryBody() {
    queue.refuse(true);
    assertThat(queue.send(List.of("a", "b"))).containsExactly("a", "b");
    assertThat(queue.size()).isZero();
  }
}
