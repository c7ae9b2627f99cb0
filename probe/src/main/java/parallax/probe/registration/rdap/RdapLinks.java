package parallax.probe.registration.rdap;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.probe.registration.Contact;
import parallax.probe.registration.Limits;

/** Where an RDAP answer leads (RFC 9083 section 4.2), and whom to write to. */
public final class RdapLinks {
  private static final int MAX_ENTITY_DEPTH = 4;
  private static final int PROPERTY_NAME = 0;
  private static final int PROPERTY_VALUE = 3;

  private RdapLinks() {}

  /** {@code text} as an address of the web, when it is one and holds no credentials. */
  public static Optional<URI> webAddress(String text) {
    if (text.length() > Limits.MAX_TEXT_CHARS) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text.strip());
      String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("https") || scheme.equals("http");
      return web && uri.getHost() != null && uri.getRawUserInfo() == null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (java.net.URISyntaxException notOne) {
      return Optional.empty();
    }
  }

  /** The registrar's own record of the same domain: the first link "related" to RDAP. */
  public static Optional<URI> related(byte[] answer) {
    Json root = JsonReader.read(answer).orElse(new Json.Null());
    return root.get("links").each().stream()
        .filter(link -> text(link.get("rel")).equals("related"))
        .filter(link -> text(link.get("type")).contains("rdap"))
        .flatMap(link -> link.get("href").text().flatMap(RdapLinks::webAddress).stream())
        .findFirst();
  }

  /** How the registrar wants to be written to, as far as the answer publishes it. */
  public static Optional<Contact> contact(byte[] answer) {
    Json root = JsonReader.read(answer).orElse(new Json.Null());
    for (Json entity : root.get("entities").each()) {
      if (hasRole(entity, "registrar")) {
        Optional<String> mail =
            entity.get("entities").each().stream()
                .filter(inner -> hasRole(inner, "abuse"))
                .flatMap(inner -> mail(inner, 0).stream())
                .findFirst()
                .or(() -> mail(entity, 0));
        Optional<String> url =
            entity.get("links").each().stream()
                .filter(link -> text(link.get("rel")).equals("about"))
                .flatMap(link -> link.get("href").text().stream())
                .findFirst()
                .or(() -> entity.get("url").text());
        return Contact.of(url.flatMap(RdapLinks::webAddress).map(URI::toString), mail);
      }
    }
    return Optional.empty();
  }

  private static boolean hasRole(Json entity, String role) {
    return entity.get("roles").each().stream().anyMatch(each -> text(each).equals(role));
  }

  private static Optional<String> mail(Json entity, int depth) {
    Optional<String> own =
        entity.get("vcardArray").each().stream()
            .skip(1)
            .flatMap(properties -> properties.each().stream())
            .map(Json::each)
            .filter(RdapLinks::isMail)
            .flatMap(parts -> parts.get(PROPERTY_VALUE).text().stream())
            .findFirst();
    if (own.isPresent() || depth >= MAX_ENTITY_DEPTH) {
      return own;
    }
    return entity.get("entities").each().stream()
        .flatMap(inner -> mail(inner, depth + 1).stream())
        .findFirst();
  }

  private static boolean isMail(List<Json> parts) {
    return parts.size() > PROPERTY_VALUE && text(parts.get(PROPERTY_NAME)).equals("email");
  }

  private static String text(Json value) {
    return value.text().orElse("").toLowerCase(Locale.ROOT);
  }
}
