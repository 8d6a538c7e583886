package dev.beckon.bicep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The files keep the rules, and each rule finds a file that does not. */
class RulesTest {
  private static final Path PAGE = Path.of("..", "docs", "security.md");

  @BeforeEach
  void grammar() {
    Grammar.isNeeded();
  }

  private static Rules broken(String text) {
    return Bicep.rules(Map.of("broken.bicep", text));
  }

  @Test
  void files_all_parse() {
    assertThat(Bicep.files()).hasSizeGreaterThan(10);
    assertThat(Bicep.rules().syntax()).isEmpty();
    assertThat(broken("param a string = {\n").syntax()).isNotEmpty();
    assertThat(broken("var a 'x'\n").syntax()).isNotEmpty();
  }

  @Test
  void names_used_areDeclaredOnce_andNamesDeclaredAreUsed() {
    assertThat(Bicep.rules().symbols()).isEmpty();
    assertThat(
            broken(
                    """
                    param size int
                    var twice = [for x in range(0, size): x * other]
                    var twice = map([], y => y + x)
                    output o string = shout('${twice}')
                    output o string = 'a'
                    """)
                .symbols())
        .containsExactlyInAnyOrder(
            "broken.bicep:3: 'twice' is declared twice",
            "broken.bicep:5: output 'o' is declared twice",
            "broken.bicep:2: 'other' is not declared",
            "broken.bicep:3: 'x' is not declared",
            "broken.bicep:4: there is no function 'shout'");
    assertThat(broken("param a int\nvar b = 1\nparam c int\noutput o int = c\n").symbols())
        .containsExactly("broken.bicep:1: 'a' is never used", "broken.bicep:2: 'b' is never used");
  }

  @Test
  void modules_called_getWhatTheyNeed_andGiveWhatIsRead() {
    assertThat(Bicep.rules().modules()).isEmpty();
    assertThat(
            Bicep.rules(
                    Map.of(
                        "main.bicep",
                        """
                        module a 'part.bicep' = {
                          name: 'a'
                          params: { wrong: 1, optional: 2 }
                        }
                        module b 'none.bicep' = { name: 'b' }
                        output o string = a.outputs.nothing
                        """,
                        "part.bicep",
                        "param needed int\nparam optional int = 0\noutput some int = needed\n"))
                .modules())
        .containsExactlyInAnyOrder(
            "main.bicep:1: part.bicep has no parameter 'wrong'",
            "main.bicep:1: part.bicep needs 'needed'",
            "main.bicep:5: there is no file none.bicep",
            "main.bicep:6: a has no output nothing");
  }

  @Test
  void apiVersions_areDates_oneForEachType() {
    assertThat(Bicep.rules().versions()).isEmpty();
    assertThat(
            broken(
                    """
                    resource a 'Microsoft.Web/sites@2025-03-01' = { name: 'a' }
                    resource b 'Microsoft.Web/sites@2024-04-01' = { name: 'b' }
                    resource c 'Microsoft.Web/plans@latest' = { name: 'c' }
                    resource d 'Microsoft.Web/farms@2024-13-01' = { name: 'd' }
                    """)
                .versions())
        .containsExactly(
            "broken.bicep:2: Microsoft.Web/sites is used in 2025-03-01 as well",
            "broken.bicep:3: Microsoft.Web/plans@latest is not a type with a version",
            "broken.bicep:4: Microsoft.Web/farms@2024-13-01 is not a type with a version");
  }

  @Test
  void parameters_areDescribedAndBounded() {
    assertThat(Bicep.rules().parameters()).isEmpty();
    assertThat(
            broken(
                    """
                    @description('Required. Fine.')
                    @maxLength(3)
                    param a string
                    param b bool
                    @description('Optional. Says it is needed, and is not.')
                    param c bool
                    @description('Required. Open at one end.')
                    @minValue(1)
                    param d int
                    output e int = d
                    """)
                .parameters())
        .containsExactly(
            "broken.bicep:4: 'b' has no @description that begins as Required\\..+",
            "broken.bicep:6: 'c' has no @description that begins as Required\\..+",
            "broken.bicep:9: 'd' is not bounded",
            "broken.bicep:10: e has no @description");
  }

  @Test
  void files_all_haveNeitherKeysNorRolesOverEverything() {
    assertThat(Bicep.rules().secrets()).isEmpty();
    for (String bad :
        new String[] {
          "var a = listKeys('x', '2020-01-01')",
          "var a = account.listKeys().keys[0].value",
          "var a = 'DefaultEndpointsProtocol=https;AccountKey=abc'",
          "var a = 'b24988ac-6180-42a0-ab88-20f7382dd24c'",
          "var a = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'",
          "var a = insights.properties.InstrumentationKey",
          "var a = 'mongodb+srv://user:word@host/db'"
        }) {
      assertThat(broken(bad + "\n").secrets()).as(bad).isNotEmpty();
    }
  }

  @Test
  void grants_all_standOnThePageWithTheirReasons_andNoOthers() {
    assertThat(Bicep.rules().grants(Bicep.text(PAGE))).isEmpty();
    assertThat(Bicep.rules().grants(""))
        .hasSize(
            (int)
                Bicep.files().values().stream()
                    .flatMap(source -> source.resources().stream())
                    .filter(one -> one.target().contains("/roleAssignments@"))
                    .count())
        .allSatisfy(problem -> assertThat(problem).contains("docs/security.md has no line"));
    assertThat(broken("").grants("| `gone` | Some Role | `account` | For nothing. |\n"))
        .containsExactly("docs/security.md tells of gone, which is not there");
    assertThat(
            broken(
                    """
                    resource g 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
                      name: 'g'
                      properties: { roleDefinitionId: roles.someRole }
                    }
                    """)
                .grants(""))
        .containsExactly("broken.bicep:1: g has no scope or no reason");
  }
}
