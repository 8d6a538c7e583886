package dev.beckon.vendors.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Secret;
import dev.beckon.check.Finding;
import dev.beckon.check.Finding.Mark;
import dev.beckon.vendor.Vendor;
import dev.beckon.vendor.VendorPeer.Mood;
import dev.beckon.vendor.VendorSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SenderCheckTest {
  private final SmtpPeer peer = new SmtpPeer();

  @AfterEach
  void stop() {
    peer.close();
  }

  private List<Finding> check() {
    Map<String, String> settings = new HashMap<>();
    settings.put("host", "127.0.0.1");
    settings.put("port", Integer.toString(peer.port()));
    settings.put("security", "none");
    settings.put("username", "ada");
    settings.put("password", "secret://mail-password");
    settings.put("senderAddress", "survey@example.org");
    settings.put("timeout", "PT2S");
    SmtpFactory factory = new SmtpFactory();
    try (Vendor vendor =
        factory.create(
            VendorSettings.read(factory.settings(), settings, any -> new Secret("k3y")))) {
      return vendor.check();
    }
  }

  @Test
  void check_senderTaken_isGood_andNothingIsSent() {
    assertThat(check()).extracting(Finding::mark).containsExactly(Mark.GOOD, Mark.GOOD);
    assertThat(peer.commands)
        .contains("MAIL FROM:<survey@example.org>", "RSET")
        .noneMatch(line -> line.startsWith("RCPT") || line.startsWith("DATA"));
    assertThat(peer.mails).isEmpty();
  }

  @Test
  void check_wrongCredentials_isWrong_andNamesNone() {
    peer.mood(Mood.WRONG_CREDENTIALS);

    assertThat(check())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.mark()).isEqualTo(Mark.WRONG);
          assertThat(finding.what()).contains("no session with", "535").doesNotContain("k3y");
        });
  }

  @Test
  void check_senderRefused_isWrong_withoutTheAddress() {
    peer.answer("MAIL", "550 5.7.1 <survey@example.org> is not verified here");

    assertThat(check())
        .extracting(Finding::what)
        .last()
        .isEqualTo("the sender at example.org is refused: 550 7.1");
  }

  @Test
  void check_serverHangs_endsWithItsTime() {
    peer.answer("MAIL", SmtpPeer.HANG);

    assertThat(check()).extracting(Finding::mark).containsExactly(Mark.GOOD, Mark.WRONG);
  }

  @Test
  void check_nobodyListens_isWrong() {
    peer.close();

    assertThat(check()).extracting(Finding::mark).containsExactly(Mark.WRONG);
  }
}
