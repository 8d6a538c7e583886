package dev.beckon.operations;

import static dev.beckon.bed.World.BATCH;
import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.invitation.InvitationSearch.Found;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Search;
import dev.beckon.parcel.ParcelStore.Listed;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FinderTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();
  private final Finder finder = world.operations.finder();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void find_pages_tellHowManyFollow() {
    world.filled(5);

    Finder.Result first = finder.find(Search.all(), "", 2);
    assertThat(first.rows()).extracting(Found::row).containsExactly(1, 2);
    assertThat(first.more()).isEqualTo(3);
    assertThat(first.counts()).isEqualTo(Map.of(InvitationState.ACCEPTED, 5L));

    Finder.Result second = finder.find(Search.all(), id(2), 3);
    assertThat(second.rows()).extracting(Found::row).containsExactly(3, 4, 5);
    assertThat(second.more()).isZero();
    assertThat(second.counts()).isEqualTo(first.counts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"guest2@example.org", " Guest2@EXAMPLE.org ", "GUEST2@example.org"})
  void hashes_mailboxHoweverWritten_findsItsInvitation(String written) {
    world.filled(3);
    Set<String> hashes = finder.hashes(written, null);
    Search search = new Search(hashes, null, null, null, Set.of(), null, null);
    assertThat(finder.find(search, "", 9).rows()).extracting(Found::id).containsExactly(id(2));
  }

  @Test
  void hashes_number_isMeantOnEveryChannelThatUsesNumbers() {
    Set<String> hashes = finder.hashes("0151 23456789", "DE");
    assertThat(hashes).hasSize(2).isEqualTo(finder.hashes("+49 151 23456789", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary@nowhere", "0151 23456789", "canary"})
  void hashes_unsoundAddress_isRefusedWithoutRepeatingIt(String written) {
    assertThatThrownBy(() -> finder.hashes(written, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("[a-z-]+: .+")
        .hasMessageNotContaining(written);
  }

  @Test
  void history_row_comesWithTheParcelsThatHoldIt() {
    String parcel = world.filled(2);

    Finder.History history = finder.history(id(2)).orElseThrow();

    assertThat(history.invitation().row()).isEqualTo(2);
    assertThat(history.parcels()).extracting(Listed::parcel).containsExactly(world.parcel(parcel));
    assertThat(history.parcels().getFirst().nudgedAt()).isNotNull();
    assertThat(finder.history(BATCH + "-000000009")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(InvitationState.class)
  void words_everyState_saysWhatItMeans(InvitationState state) {
    assertThat(Words.meaning(state)).endsWith(".");
  }

  @Test
  void search_inWords_namesNeitherRecipientNorToken() {
    Search search =
        new Search(
            Set.of("k1:canary"),
            "canary",
            "stay",
            "b1",
            Set.of(InvitationState.RETRY, InvitationState.ACCEPTED),
            null,
            "no such");
    assertThat(search.toString())
        .isEqualTo(
            "one recipient; one token; dispatch stay; batch b1; state ACCEPTED, RETRY; reason containing \"no such\"");
    assertThat(Search.all()).hasToString("everything");
  }
}
