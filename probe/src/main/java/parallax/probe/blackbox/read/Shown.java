package parallax.probe.blackbox.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A tree as YAML again, without secrets. */
final class Shown {
  private static final String SECRET = "<secret>";

  /** Keys whose value, or whose every value, is a secret. */
  private static final List<String> SECRETS =
      List.of(
          "password",
          "credentials",
          "client_secret",
          "client_certificate_key",
          "bearer_token",
          "secrets",
          "proxy_connect_header",
          "key");

  /** Header fields that tend to hold secrets. */
  private static final Pattern TELLING =
      Pattern.compile("auth|cookie|token|key|secret|password|credential");

  private static final Pattern USER_INFO = Pattern.compile("(://[^/@\\s:]*):[^/@\\s]*@");

  private Shown() {}

  /** The YAML of {@code node} under {@code key}. */
  static String of(String key, Node node) {
    DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    return new Dump(settings).dumpToString(Map.of(key, plain(node, false)));
  }

  private static Object plain(Node node, boolean hidden) {
    return switch (node) {
      case Node.Leaf leaf -> hidden ? SECRET : text(leaf);
      case Node.Items items -> {
        List<Object> list = new ArrayList<>();
        items.nodes().forEach(item -> list.add(plain(item, hidden)));
        yield list;
      }
      case Node.Fields fields -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Node.Field field : fields.fields()) {
          map.put(field.key(), plain(field.value(), hidden || isSecret(field)));
        }
        yield map;
      }
    };
  }

  private static boolean isSecret(Node.Field field) {
    String key = field.key().toLowerCase(Locale.ROOT);
    // Field names of headers hold a capital or a hyphen; keys of modules never do.
    boolean header = !key.equals(field.key()) || key.indexOf('-') >= 0;
    return SECRETS.contains(field.key()) || (header && TELLING.matcher(key).find());
  }

  private static Object text(Node.Leaf leaf) {
    if (leaf.binary()) {
      return SECRET;
    }
    if (leaf.plain() && leaf.text().matches("[0-9]{1,18}")) {
      return Long.valueOf(leaf.text());
    }
    if (leaf.plain() && (leaf.text().equals("true") || leaf.text().equals("false"))) {
      return Boolean.valueOf(leaf.text());
    }
    return USER_INFO.matcher(leaf.text()).replaceAll("$1:xxxxx@");
  }
}
