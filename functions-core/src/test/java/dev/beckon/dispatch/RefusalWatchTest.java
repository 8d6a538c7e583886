package dev.beckon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.vendor.Vendor;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RefusalWatchTest {

  /** A default that were not handed on would silently take a vendor's own answer away. */
  @Test
  void methods_ofVendor_areAllHandedOn() {
    for (Method method : Vendor.class.getMethods()) {
      assertThat(RefusalWatch.class.getDeclaredMethods())
          .as(method.getName())
          .anyMatch(own ->
              own.getName().equals(method.getName())
                  && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
  }
}
