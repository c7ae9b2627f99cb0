package parallax.probe.bgp.rpki.rtr;

import java.util.Optional;
import parallax.probe.bgp.rpki.Vrp;

/** One message of RTR (RFC 8210 section 5). Numbers are unsigned. */
public sealed interface RtrPdu {
  /** The number of its type on the wire. */
  int type();

  /** The cache has news (5.2). */
  record SerialNotify(int session, long serial) implements RtrPdu {
    @Override
    public int type() {
      return 0;
    }
  }

  /** What came since this serial (5.3). */
  record SerialQuery(int session, long serial) implements RtrPdu {
    @Override
    public int type() {
      return 1;
    }
  }

  /** Everything (5.4). */
  record ResetQuery() implements RtrPdu {
    @Override
    public int type() {
      return 2;
    }
  }

  /** Payloads follow (5.5). */
  record CacheResponse(int session) implements RtrPdu {
    @Override
    public int type() {
      return 3;
    }
  }

  /** A payload comes, or goes (5.6, 5.7). */
  record Payload(boolean announced, Vrp vrp) implements RtrPdu {
    @Override
    public int type() {
      return vrp.prefix().ipv6() ? 6 : 4;
    }
  }

  /** All payloads were told (5.8). */
  record EndOfData(int session, long serial, Optional<Timing> timing) implements RtrPdu {
    @Override
    public int type() {
      return 7;
    }
  }

  /** The cache cannot tell what came since: ask for everything (5.9). */
  record CacheReset() implements RtrPdu {
    @Override
    public int type() {
      return 8;
    }
  }

  /**
   * The other end is not content (5.11).
   *
   * @param code see section 12
   */
  record ErrorReport(int code, String text) implements RtrPdu {
    @Override
    public int type() {
      return 10;
    }
  }

  /** Says nothing of routes: router keys (9), providers (11, version 2). */
  record Other(int type) implements RtrPdu {}
}
