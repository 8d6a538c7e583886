package dev.beckon;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.beckon.invitation.InvitationState;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The shape of the core (DESIGN §3), held by the build. */
class ArchitectureTest {
  private static final String ROOT = "dev.beckon";

  /**
   * Which room may use which others. A new arrow is a decision: write it here and say why in
   * docs/decisions.md.
   */
  private static final String ARROWS =
      """
      invitation ->
      privacy    -> invitation
      json       -> invitation
      account    -> events invitation json
      web        ->
      access     -> account events json privacy web
      parcel     -> invitation
      check      ->
      config     ->
      template   ->
      telemetry  ->
      events     -> privacy
      vendor     -> account check invitation privacy template
      intake     -> account invitation parcel privacy telemetry
      batch      -> access account events intake invitation parcel privacy telemetry
      feedback   -> intake invitation privacy
      filedrop   -> account events intake invitation parcel privacy telemetry
      pace       -> account parcel privacy vendor
      dispatch   -> account check events intake invitation pace parcel privacy telemetry template vendor
      operations -> account events feedback filedrop intake invitation json parcel privacy
      notices    -> account events invitation parcel privacy vendor
      api        -> access account batch dispatch events feedback filedrop intake invitation json operations parcel privacy telemetry web
      mongo      -> access account batch check events feedback filedrop intake invitation notices operations pace parcel privacy
      memory     -> access account batch events feedback filedrop intake invitation notices operations pace parcel privacy telemetry
      app        -> access account api batch config dispatch events feedback filedrop intake invitation memory mongo notices operations pace parcel privacy telemetry vendor web
      """;

  /** What the core may be built on; neither a cloud's nor a vendor's SDK is among it. */
  private static final String[] FOUNDATION = {
    ROOT + "..",
    "java..",
    "javax.crypto..",
    "javax.net.ssl..",
    "com.fasterxml.jackson..",
    "com.google.i18n.phonenumbers..",
    "com.mongodb..",
    "de.siegmar.fastcsv..",
    "org.apache.hc.core5..",
    "org.bson..",
    "org.jose4j..",
    "org.jspecify.annotations..",
    "org.slf4j..",
  };

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .importUrl(InvitationState.class.getProtectionDomain().getCodeSource().getLocation());

  private static Map<String, Set<String>> arrows() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    ARROWS
        .lines()
        .forEach(line -> {
          String[] ends = line.split("->", -1);
          Set<String> to = new TreeSet<>(Arrays.asList(ends[1].strip().split(" ")));
          to.remove("");
          arrows.put(ends[0].strip(), to);
        });
    return arrows;
  }

  private static String room(JavaClass type) {
    JavaClass outer = type;
    while (outer.isArray()) {
      outer = outer.getComponentType();
    }
    String name = outer.getPackageName();
    return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : "";
  }

  @Test
  void rooms_dependencies_followTheArrows() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass type : CORE) {
      Set<String> to = found.computeIfAbsent(room(type), any -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> room(dependency.getTargetClass()))
          .filter(room -> !room.isEmpty() && !room.equals(room(type)))
          .forEach(to::add);
    }

    assertThat(found.keySet()).isEqualTo(arrows().keySet());
    found.forEach((room, to) -> assertThat(arrows().get(room)).as(room + " ->").containsAll(to));
  }

  @Test
  void rooms_arrows_formNoCycle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void core_foundation_hasNoCloudAndNoVendorSdk() {
    DescribedPredicate<JavaClass> primitive =
        describe("primitives and their arrays", type -> type.getPackageName().isEmpty());

    noClasses()
        .should()
        .dependOnClassesThat(not(resideInAnyPackage(FOUNDATION).or(primitive)))
        .check(CORE);
  }

  @Test
  void databaseDriver_outsideMongo_isUnknown() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".mongo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.mongodb..", "org.bson..")
        .check(CORE);
  }

  @Test
  void environment_outsideConfig_isNotRead() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".config..")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(CORE);
  }

  @Test
  void standardStreams_anywhere_areNotUsed() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
  }

  @Test
  void packages_all_areNullMarked() {
    Set<String> unmarked =
        CORE.stream()
            .map(JavaClass::getPackage)
            .filter(room -> !room.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(unmarked).isEmpty();
  }
}
