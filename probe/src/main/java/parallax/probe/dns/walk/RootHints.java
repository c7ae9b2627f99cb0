package parallax.probe.dns.walk;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.xbill.DNS.Name;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.Cidr;

/**
 * Where every walk begins: the addresses of the root's servers, as a root hints file lists them
 * (RFC 8109; the file of IANA is shipped).
 *
 * @param servers never empty, at most {@link #MAX_SERVERS}
 */
public record RootHints(List<NameServer> servers) {
  /** More addresses than this are not read; there are 26. */
  public static final int MAX_SERVERS = 64;

  /** Longer files are read up to here. */
  static final int MAX_FILE_BYTES = 1 << 16;

  private static final String SHIPPED = "/parallax/probe/dns/root.hints";

  public RootHints {
    servers = List.copyOf(servers);
    if (servers.isEmpty() || servers.size() > MAX_SERVERS) {
      throw new IllegalArgumentException(servers.size() + " root servers");
    }
  }

  /** Those that Parallax comes with. */
  public static RootHints shipped() {
    try (InputStream in =
        Objects.requireNonNull(RootHints.class.getResourceAsStream(SHIPPED), SHIPPED)) {
      return of(text(in)).orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(SHIPPED, e);
    }
  }

  /**
   * Those of {@code file}.
   *
   * @throws IOException when it cannot be read or names no server
   */
  public static RootHints in(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(text(in)).orElseThrow(() -> new IOException(file + " has no address of a server"));
    }
  }

  /**
   * Those in {@code text}: lines of name, TTL, maybe class, A or AAAA, address; others do not
   * count.
   */
  static Optional<RootHints> of(String text) {
    List<NameServer> servers = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(";", 2)[0].strip().split("\\s+");
      String type = words.length < 3 ? "" : words[words.length - 2].toUpperCase(Locale.ROOT);
      if ((type.equals("A") || type.equals("AAAA")) && servers.size() < MAX_SERVERS) {
        Optional<Name> host = Question.nameOf(words[0].toLowerCase(Locale.ROOT));
        Optional<InetAddress> address = Cidr.literal(words[words.length - 1]);
        if (host.isPresent() && address.isPresent()) {
          servers.add(new NameServer(host.get(), address.get()));
        }
      }
    }
    return servers.isEmpty() ? Optional.empty() : Optional.of(new RootHints(servers));
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.US_ASCII);
  }
}
