package dev.beckon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  @TempDir Path home;

  @Test
  void read_profileAlone_takesTheDefaults() throws IOException {
    Settings settings = read(Map.of("profile", "prod"));

    assertThat(settings.stackName()).isEqualTo("beckon-prod");
    assertThat(settings.secretsPrefix()).isEqualTo("beckon-prod/");
    assertThat(settings.atlas().byRole()).isFalse();
    assertThat(settings.bucket()).isEmpty();
    assertThat(settings.network()).isEmpty();
  }

  @Test
  void read_everythingWrong_namesAllOfItAtOnce() {
    assertThatThrownBy(() ->
            SettingsReader.read(
                Map.of(
                    "profile", "production",
                    "prefix", "Acme!",
                    "jar", "missing.jar",
                    "atlas", "iam",
                    "subnets", "subnet-1a1b2c3d,net-2",
                    "publicUrl", "http://plain.example",
                    "bucketKey", "arn:aws:kms:eu-west-1:1:key/1",
                    "oidcAudience", "beckon",
                    "permisionsBoundary", "arn:aws:iam::1:policy/x"),
                home))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("profile='production' is none of dev, qa, prod")
        .hasMessageContaining("prefix='Acme!' is not 1 to 20 lower-case letters")
        .hasMessageContaining("missing.jar")
        .hasMessageContaining("./mvnw package")
        .hasMessageContaining("mongoUri is missing")
        .hasMessageContaining("subnets='net-2' is not the id of a subnet")
        .hasMessageContaining("a network needs all of vpc, subnets and securityGroups")
        .hasMessageContaining("publicUrl='http://plain.example' is not an https address")
        .hasMessageContaining("name that with bucket, too")
        .hasMessageContaining("oidcAudience is of no use alone")
        .hasMessageContaining(
            "permisionsBoundary is no key of Beckon; did you mean permissionsBoundary?");
  }

  @Test
  void read_noProfile_tellsHowToGiveOne() {
    assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("-c profile=dev");
  }

  @Test
  void read_keyFarFromAll_listsThoseThereAre() {
    assertThatThrownBy(() -> read(Map.of("profile", "dev", "colour", "red")))
        .hasMessageContaining("colour is no key of Beckon; remove it. There are profile, prefix");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "https://console.example/",
        "http://console.example",
        "a,https://b.c"
      })
  void read_originThatIsNone_isRefused(String origin) {
    assertThatThrownBy(() -> read(Map.of("profile", "dev", "corsOrigins", origin)))
        .hasMessageContaining("is not an origin without a path");
  }

  @Test
  void read_keysOfCdkItself_areLeftAlone() throws IOException {
    Settings settings =
        read(
            Map.of(
                "profile",
                "dev",
                "aws:cdk:enable-path-metadata",
                true,
                "@aws-cdk/core:newStyleStackSynthesis",
                true,
                "acknowledged-issue-numbers",
                List.of(1, 2)));

    assertThat(settings.stackName()).isEqualTo("beckon-dev");
  }

  @Test
  void read_connectionStringWithPassword_isRefusedAndNotRepeated() {
    assertThatThrownBy(() ->
            read(
                Map.of(
                    "profile", "dev",
                    "atlas", "iam",
                    "mongoUri",
                        "mongodb+srv://user:canary@acme.example/?authMechanism=MONGODB-AWS")))
        .hasMessageContaining("no user and no password")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> read(Map.of("profile", "dev", "mongoUri", "mongodb://u:canary@h/")))
        .hasMessageContaining("mongoUri belongs to atlas=iam")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> read(Map.of("profile", "dev", "alarmEmail", "canary at example")))
        .hasMessageContaining("alarmEmail is not a mail address")
        .hasMessageNotContaining("canary");
  }

  @Test
  void read_listOfSubnets_takesJsonAndCommas() throws IOException {
    Settings settings =
        read(
            Map.of(
                "profile", "dev",
                "vpc", "vpc-1a1b2c3d",
                "subnets", List.of("subnet-1a1b2c3d", "subnet-2a1b2c3d"),
                "securityGroups", "sg-1a1b2c3d, sg-2a1b2c3d"));

    assertThat(settings.network())
        .hasValueSatisfying(network -> {
          assertThat(network.subnets()).containsExactly("subnet-1a1b2c3d", "subnet-2a1b2c3d");
          assertThat(network.securityGroups()).containsExactly("sg-1a1b2c3d", "sg-2a1b2c3d");
        });
  }

  private Settings read(Map<String, ?> context) throws IOException {
    Map<String, Object> all = new TreeMap<>(context);
    all.put("jar", Templates.jar(home).toString());
    return SettingsReader.read(all, home);
  }
}
