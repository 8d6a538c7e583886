package dev.beckon.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintTest {

  @Test
  void parse_bodiesWeWrite_namesKindAndId() {
    assertThat(Hint.parse(Hint.parcel("b1-000000001.r2")))
        .contains(new Hint(Hint.Kind.PARCEL, "b1-000000001.r2"));
    assertThat(Hint.parse(Hint.chunk("i1.12"))).contains(new Hint(Hint.Kind.CHUNK, "i1.12"));
    assertThat(Hint.parse(Hint.importRun("i_1"))).contains(new Hint(Hint.Kind.IMPORT, "i_1"));
  }

  @Test
  void parse_spaceAround_isIgnored() {
    assertThat(Hint.parse(" parcel/p1\r\n")).contains(new Hint(Hint.Kind.PARCEL, "p1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "parcel",
        "parcel/",
        "Parcel/p1",
        "letter/p1",
        "parcel/p1/p2",
        "parcel/p 1",
        "parcel/p1\nparcel/p2",
        "parcel/ü",
        "{\"parcel\":\"p1\"}",
      })
  void parse_anythingElse_isEmpty(String body) {
    assertThat(Hint.parse(body)).isEmpty();
  }

  @Test
  void parse_endlessId_isEmpty() {
    assertThat(Hint.parse("parcel/" + "p".repeat(200))).isPresent();
    assertThat(Hint.parse("parcel/" + "p".repeat(201))).isEmpty();
  }
}
