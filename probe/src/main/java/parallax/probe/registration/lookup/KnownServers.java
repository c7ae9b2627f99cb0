package parallax.probe.registration.lookup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import parallax.config.check.ServerAddress;
import parallax.probe.registration.Contact;
import parallax.probe.registration.Registration;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.lookup.line.WhoisClient;

/**
 * Where registries are asked that the bootstrap file does not name, and how: tables that come with
 * Parallax. The longest suffix counts.
 */
final class KnownServers {
  private static final String FOLDER = "/parallax/probe/registration/lookup/";
  private static final Pattern NAME = Pattern.compile("%s", Pattern.LITERAL);
  private static final String NO_SERVER = "-";
  private static final String PLAIN = "%s";
  private static final int SERVER = 1;
  private static final int MAX_LABELS = 127;
  private static final KnownServers SHIPPED = new KnownServers();

  private final Map<String, List<String>> whois = new HashMap<>();
  private final Map<String, URI> rdap = new HashMap<>();
  private final Map<String, Contact> contacts = new HashMap<>();

  private KnownServers() {
    each(
        "registry-contacts.tsv",
        row ->
            Contact.of(Optional.of(row.getLast()), Optional.empty())
                .ifPresent(
                    contact -> suffixes(row).forEach(suffix -> contacts.put(suffix, contact))));
    each("whois-servers.tsv", row -> suffixes(row).forEach(suffix -> whois.put(suffix, row)));
    each(
        "rdap-servers.tsv",
        row -> {
          if (row.getLast().equals("yes")) {
            suffixes(row).forEach(suffix -> rdap.put(suffix, URI.create(row.get(SERVER))));
          }
        });
  }

  static KnownServers shipped() {
    return SHIPPED;
  }

  private static List<String> suffixes(List<String> row) {
    return List.of(row.getFirst().split(", *"));
  }

  private static void each(String name, Consumer<List<String>> taken) {
    try (InputStream in =
            Objects.requireNonNull(KnownServers.class.getResourceAsStream(FOLDER + name), name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> taken.accept(List.of(line.split("\t"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base of an RDAP server that nobody lists. */
  Optional<URI> rdap(String suffix) {
    return longest(rdap, suffix);
  }

  Optional<ServerAddress> whois(String suffix) {
    return longest(whois, suffix)
        .map(row -> row.get(SERVER))
        .filter(server -> !server.equals(NO_SERVER))
        .map(server -> new ServerAddress(server, WhoisClient.PORT));
  }

  /**
   * Whom people turn to: who is {@code told}, or the registry of {@code suffix} itself, where no
   * registrar stands between.
   */
  Optional<Contact> contact(Registration answer, Optional<Contact> told, String suffix) {
    boolean direct =
        answer instanceof Registration.Registered(RegistrationFacts facts)
            && facts.registrar().isEmpty();
    return told.isEmpty() && direct ? longest(contacts, suffix) : told;
  }

  /** How the registry of {@code suffix} wants to be asked about {@code domain}. */
  String question(String suffix, String domain) {
    String form = longest(whois, suffix).map(List::getLast).orElse(PLAIN);
    return NAME.matcher(form).replaceAll(domain);
  }

  /** Whether the registry knows the registrar and little else (RFC 7485 section 3). */
  static boolean isThin(String suffix) {
    return suffix.equals("com") || suffix.equals("net");
  }

  private static <T> Optional<T> longest(Map<String, T> table, String suffix) {
    String rest = suffix;
    for (int label = 0; label < MAX_LABELS; label++) {
      T found = table.get(rest);
      if (found != null) {
        return Optional.of(found);
      }
      int dot = rest.indexOf('.');
      if (dot < 0) {
        return Optional.empty();
      }
      rest = rest.substring(dot + 1);
    }
    return Optional.empty();
  }
}
