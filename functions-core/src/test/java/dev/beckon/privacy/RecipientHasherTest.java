package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import org.junit.jupiter.api.Test;

class RecipientHasherTest {
  private static final Recipient ADA = new Recipient(Channel.EMAIL, "ada@example.com");
  private final RecipientHasher hasher = new RecipientHasher("k1", new byte[32]);

  @Test
  void hash_recipient_isKeyIdAndHmac() {
    // printf 'email:ada@example.com' | openssl dgst -sha256 -mac HMAC -macopt hexkey:00…00 (32
    // bytes)
    assertThat(hasher.hash(ADA))
        .isEqualTo("k1:da058fe47948307508ff835ed8598d57aca8a4139306d834d620fb8dd369afcb");
  }

  @Test
  void hash_letterCase_makesNoDifference() {
    assertThat(hasher.hash(new Recipient(Channel.EMAIL, "Ada@Example.COM")))
        .isEqualTo(hasher.hash(ADA));
  }

  @Test
  void hash_otherChannelKeyOrKeyId_isAnother() {
    Recipient sms = new Recipient(Channel.SMS, "+4930123456");
    byte[] otherKey = new byte[32];
    otherKey[31] = 1;

    assertThat(hasher.hash(sms))
        .isNotEqualTo(hasher.hash(new Recipient(Channel.VOICE, "+4930123456")));
    assertThat(new RecipientHasher("k1", otherKey).hash(ADA)).isNotEqualTo(hasher.hash(ADA));
    assertThat(new RecipientHasher("k2", new byte[32]).hash(ADA)).startsWith("k2:");
  }

  @Test
  void constructor_shortKey_isRefused() {
    assertThatThrownBy(() -> new RecipientHasher("k1", new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("31");
  }
}
