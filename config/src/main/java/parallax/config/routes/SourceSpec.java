package parallax.config.routes;

import java.net.URI;
import java.util.List;
import parallax.config.check.ServerAddress;

/** Somebody who tells routes. */
public sealed interface SourceSpec {
  /** The key in YAML: {@code ris-live}, {@code bmp}, {@code session}. */
  String kind();

  /**
   * The stream of RIPE's route collectors, or one that speaks as it does.
   *
   * @param url of a WebSocket (ws, wss), or of the HTTP stream (http, https)
   * @param client how we introduce ourselves to it
   */
  record RisLive(URI url, String client) implements SourceSpec {
    /** The key in YAML. */
    public static final String KIND = "ris-live";

    public static final RisLive USUAL =
        new RisLive(URI.create("wss://ris-live.ripe.net/v1/ws/"), "parallax");

    @Override
    public String kind() {
      return KIND;
    }
  }

  /**
   * Routers that connect to us and report (RFC 7854).
   *
   * @param from networks in CIDR notation (RFC 4632) that may connect; empty: this machine alone
   */
  record BmpStation(ServerAddress listen, List<String> from) implements SourceSpec {
    /** The key in YAML. */
    public static final String KIND = "bmp";

    public BmpStation {
      from = List.copyOf(from);
    }

    @Override
    public String kind() {
      return KIND;
    }
  }

  /**
   * Routers that open a BGP session with us (RFC 4271). Nothing is ever announced to them.
   *
   * @param asn our autonomous system (RFC 6793)
   * @param id our BGP identifier, an IPv4 address
   * @param neighbours who may open one; never empty
   */
  record BgpSession(ServerAddress listen, long asn, String id, List<Neighbour> neighbours)
      implements SourceSpec {
    /** The key in YAML. */
    public static final String KIND = "session";

    public BgpSession {
      neighbours = List.copyOf(neighbours);
    }

    @Override
    public String kind() {
      return KIND;
    }
  }

  /**
   * A router.
   *
   * @param address a literal, IPv6 without brackets
   * @param asn its autonomous system (RFC 6793)
   */
  record Neighbour(String address, long asn) {}
}
