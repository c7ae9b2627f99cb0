package parallax.probe.blackbox.module;

import com.google.re2j.Pattern;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A question to a name server.
 *
 * @param from leaves from there
 * @param rcodes that are fine, as numbers
 */
public record DnsModule(
    Ask ask,
    Transport transport,
    IpChoice ip,
    Optional<InetAddress> from,
    TlsSettings tls,
    List<Integer> rcodes,
    Sections sections)
    implements ProbeModule.Kind {
  public DnsModule {
    rcodes = List.copyOf(rcodes);
  }

  @Override
  public String prober() {
    return "dns";
  }

  /** Name, type and class (RFC 1035 section 4.1.2), and the RD bit. */
  public record Ask(String name, int type, int dclass, boolean recursion) {}

  /** Over what. */
  public enum Transport {
    UDP,
    TCP,
    TLS
  }

  /** What is asked of the records of each section. */
  public record Sections(Rules answer, Rules authority, Rules additional) {}

  /** What records, as zone files have them, must and must not match. */
  public record Rules(
      List<Pattern> fatalIfAny,
      List<Pattern> fatalIfAll,
      List<Pattern> fatalIfNot,
      List<Pattern> fatalIfNone) {
    public static final Rules NONE = new Rules(List.of(), List.of(), List.of(), List.of());

    public Rules {
      fatalIfAny = List.copyOf(fatalIfAny);
      fatalIfAll = List.copyOf(fatalIfAll);
      fatalIfNot = List.copyOf(fatalIfNot);
      fatalIfNone = List.copyOf(fatalIfNone);
    }
  }
}
