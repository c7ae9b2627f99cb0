package parallax.config.read.check;

import java.util.List;
import java.util.Optional;
import parallax.config.bind.Reading;
import parallax.config.text.HostText;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/**
 * A question to a name server as a URL: {@code dns://server[:port]/name[?type=A,AAAA]}, after RFC
 * 4501.
 *
 * @param name asked for
 * @param types asked for; empty where the URL does not say
 */
public record DnsUrl(String name, List<String> types) {
  private static final String TYPE_PARAMETER = "type=";

  public DnsUrl {
    types = List.copyOf(types);
  }

  /** The question; empty when the URL is none. */
  public static Optional<DnsUrl> of(UrlText url, Yaml node, Reading reading) {
    int query = url.tail().indexOf('?');
    String path = query < 0 ? url.tail() : url.tail().substring(0, query);
    String written = path.startsWith("/") ? path.substring(1) : path;
    Optional<String> name = written.equals(".") ? Optional.of(".") : HostText.domain(written);
    if (name.isEmpty()) {
      return reading.refuse(
          node.place(), "needs the name asked for: write dns://server/example.com?type=A");
    }
    Optional<List<String>> types =
        query < 0 ? Optional.of(List.of()) : types(url.tail().substring(query + 1), node, reading);
    return types.map(asked -> new DnsUrl(name.get(), asked));
  }

  private static Optional<List<String>> types(String query, Yaml node, Reading reading) {
    if (query.startsWith(TYPE_PARAMETER)) {
      List<String> types = List.of(query.substring(TYPE_PARAMETER.length()).split(",", -1));
      if (DnsReader.TYPES.containsAll(types)) {
        return Optional.of(types.stream().distinct().toList());
      }
    }
    return reading.refuse(
        node.place(),
        "has a query other than ?type= and record types, separated by commas: "
            + String.join(", ", DnsReader.TYPES));
  }
}
