package dev.beckon.local.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.local.demo.Rig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A person whose data and secrets are looked for, and the files that hold them. */
final class Person {
  static final String NAME = "Zanzibara Vogel";
  static final String LOCAL_PART = "zanzibara.vogel";
  static final String DOMAIN = "canary.example";
  static final String NOTE = "grey parrot, second floor";
  static final String NUMBER = "+4915123456789";
  static final String REFUSED_NUMBER = "+4915123456790";
  static final String PASSWORD = "Quetzal-91-plumage";
  static final String VISITS = "store-visits/incoming/";
  static final String CALLS = "service-calls/incoming/";
  static final String HEADER =
      "email,first_name,last_name,phone,language,city,store,visit_date,order_id,order_url,amount,note\n";

  private Person() {}

  static String address(String which) {
    return LOCAL_PART + "." + which + "@" + DOMAIN;
  }

  /** A row of the visits. */
  static String visit(String which) {
    return address(which)
        + ","
        + NAME
        + ",Vogel,"
        + NUMBER
        + ",en,\""
        + NOTE
        + "\",S,2026-11-01,1,,3.50,\n";
  }

  /** One file each for what goes well, what is refused and what is damaged. */
  static void dropFiles(Rig rig) {
    rig.drop(
        VISITS + "guests.csv",
        HEADER
            + visit("ok")
            + visit("refused")
            + visit("later")
            + visit("ok")
            + address("bad").replace("@", " @ ")
            + ","
            + NAME
            + ",,,,\""
            + NOTE
            + "\",S,,,,,\n"
            + address("short")
            + ","
            + NAME
            + "\n"
            + "\""
            + address("damaged")
            + "\"x,"
            + NAME
            + ",,,,\""
            + NOTE
            + "\",S,,,,,\n"
            + address("no-store")
            + ","
            + NAME
            + ",,,,\""
            + NOTE
            + "\",,,,,,\n");
    rig.drop(VISITS + "no-header.csv", visit("headless") + visit("headless"));
    rig.drop(VISITS + "open.csv", HEADER + "\"" + address("open") + "," + NAME + ",".repeat(9));
    rig.drop(
        VISITS + "binary.csv",
        (HEADER + visit("binary").replace(NAME, NAME + "\0\1\2"))
            .getBytes(StandardCharsets.UTF_16LE));
    rig.drop(
        CALLS + "callers.tsv",
        "phone\tfirst_name\tlanguage\ttopic\tcall_date\n"
            + NUMBER
            + "\t"
            + NAME
            + "\ten\tbilling\t2026-04-23\n"
            + REFUSED_NUMBER
            + "\t"
            + NAME
            + "\tde\tbilling\t2026-04-23\n"
            + NUMBER
            + "x\t"
            + NAME
            + "\ten\tbilling\t2026-04-23\n");
  }

  /** Puts a secret beside the keys of a run. */
  static void keepSecret(Path folder, String name, String value) throws IOException {
    Path file = folder.resolve("secrets.json");
    ObjectNode secrets = (ObjectNode) JsonMapper.builder().build().readTree(file.toFile());
    Files.writeString(file, secrets.put(name, value).toString());
  }

  /** Everything that is looked for, by what it is; the keys of a run lie in its folder. */
  static Map<String, String> secrets(Path folder) throws IOException {
    Map<String, String> secrets = new LinkedHashMap<>();
    secrets.put("address", LOCAL_PART);
    secrets.put("domain", DOMAIN);
    secrets.put("number", NUMBER);
    secrets.put("refused number", REFUSED_NUMBER);
    secrets.put("name", NAME);
    secrets.put("note", NOTE);
    secrets.put("password", PASSWORD);
    JsonNode keys = JsonMapper.builder().build().readTree(folder.resolve("secrets.json").toFile());
    for (String key : List.of("beckon-master-key", "beckon-hash-key")) {
      String text = keys.path(key).asText();
      assertThat(text).isNotEmpty();
      secrets.put(key, text);
      secrets.put(key + " in hex", HexFormat.of().formatHex(Base64.getDecoder().decode(text)));
    }
    return secrets;
  }
}
