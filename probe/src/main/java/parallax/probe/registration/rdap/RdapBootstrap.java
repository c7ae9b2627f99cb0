package parallax.probe.registration.rdap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which RDAP server knows which names (RFC 9224): the longest suffix of a domain counts. */
public final class RdapBootstrap {
  /** Fewer suffixes mean a cut or foreign file; there are some 1,200. */
  public static final int MIN_SUFFIXES = 500;

  /** No name has more labels (RFC 1035 section 2.3.4). */
  private static final int MAX_LABELS = 127;

  private static final int SUFFIXES = 0;
  private static final int SERVERS = 1;
  private static final String SHIPPED = "/parallax/probe/registration/rdap/bootstrap-dns.json";

  private final SortedMap<String, URI> servers;
  private final Optional<Instant> published;

  private RdapBootstrap(SortedMap<String, URI> servers, Optional<Instant> published) {
    this.servers = Collections.unmodifiableSortedMap(servers);
    this.published = published;
  }

  /** The file that comes with Parallax. */
  public static RdapBootstrap shipped() {
    try (InputStream in =
        Objects.requireNonNull(RdapBootstrap.class.getResourceAsStream(SHIPPED), SHIPPED)) {
      return read(in.readAllBytes()).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code file} says; empty when it is not the whole of IANA's. */
  public static Optional<RdapBootstrap> read(byte[] file) {
    return of(file, MIN_SUFFIXES);
  }

  /** The same of a laboratory's file, which may be short. */
  public static Optional<RdapBootstrap> readShort(byte[] file) {
    return of(file, 1);
  }

  private static Optional<RdapBootstrap> of(byte[] file, int least) {
    SortedMap<String, URI> servers = new TreeMap<>();
    Json whole = JsonReader.read(file).orElse(new Json.Null());
    for (Json service : whole.get("services").each()) {
      List<Json> parts = service.each();
      Optional<URI> base = parts.size() > SERVERS ? best(parts.get(SERVERS)) : Optional.empty();
      if (base.isPresent()) {
        for (Json suffix : parts.get(SUFFIXES).each()) {
          suffix
              .text()
              .ifPresent(text -> servers.putIfAbsent(text.toLowerCase(Locale.ROOT), base.get()));
        }
      }
    }
    return servers.size() < least
        ? Optional.empty()
        : Optional.of(new RdapBootstrap(servers, date(whole.get("publication"))));
  }

  private static Optional<Instant> date(Json publication) {
    try {
      return publication.text().map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notOne) {
      return Optional.empty();
    }
  }

  /** Of several servers one with https (RFC 9224 section 4). */
  private static Optional<URI> best(Json bases) {
    List<URI> all = bases.each().stream().flatMap(base -> uri(base).stream()).toList();
    return all.stream()
        .filter(base -> base.getScheme().equals("https"))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  private static Optional<URI> uri(Json base) {
    return base.text().flatMap(RdapLinks::webAddress);
  }

  /** How many suffixes it has. */
  public int size() {
    return servers.size();
  }

  /** When it was made, as it says itself. */
  public Optional<Instant> published() {
    return published;
  }

  /** The base of the server's addresses. */
  public Optional<URI> server(String domain) {
    String suffix = domain.toLowerCase(Locale.ROOT);
    for (int label = 0; label < MAX_LABELS; label++) {
      URI found = servers.get(suffix);
      if (found != null) {
        return Optional.of(found);
      }
      int dot = suffix.indexOf('.');
      if (dot < 0) {
        return Optional.empty();
      }
      suffix = suffix.substring(dot + 1);
    }
    return Optional.empty();
  }
}
