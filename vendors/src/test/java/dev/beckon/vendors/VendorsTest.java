package dev.beckon.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VendorsTest {
  @Test
  void catalog_vendorsShipped_known() {
    assertThat(Vendors.catalog().names())
        .containsExactly("smtp", "sparkpost", "messagebird", "simulator");
  }
}
