package parallax.probe.bgp.bmp;

import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.message.BgpMessage.Notification;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.net.IpAddress;

/** One message of a router (RFC 7854 section 4.1). */
public sealed interface BmpMessage {
  /** Messages that speak of one peer. */
  sealed interface OfPeer extends BmpMessage {
    PeerHeader peer();
  }

  /** An update (section 4.6). */
  record RouteMonitoring(PeerHeader peer, Decoded update) implements OfPeer {}

  /** Counters and gauges (section 4.8). */
  record StatisticsReport(PeerHeader peer, List<Statistic> statistics) implements OfPeer {
    public StatisticsReport {
      statistics = List.copyOf(statistics);
    }
  }

  /**
   * A session ended (section 4.9).
   *
   * @param event of the state machine (RFC 4271 section 8.1), with {@link DownReason#LOCAL_EVENT}
   * @param notification what ended it, where one did and it can be read
   */
  record PeerDown(
      PeerHeader peer, DownReason reason, int event, Optional<Notification> notification)
      implements OfPeer {}

  /**
   * A session came up (section 4.10).
   *
   * @param sent by the router
   * @param received from the peer
   */
  record PeerUp(PeerHeader peer, Link link, Open sent, Open received, List<Information> information)
      implements OfPeer {
    public PeerUp {
      information = List.copyOf(information);
    }
  }

  /** Messages of a peer as they came over the wire (section 4.7). */
  record RouteMirroring(PeerHeader peer, List<Mirrored> mirrored) implements OfPeer {
    public RouteMirroring {
      mirrored = List.copyOf(mirrored);
    }
  }

  /** Who the router is (section 4.3). */
  record Initiation(List<Information> information) implements BmpMessage {
    public Initiation {
      information = List.copyOf(information);
    }
  }

  /**
   * Why the router ends (section 4.5).
   *
   * @param reason 0 to 4, where it is told
   */
  record Termination(List<Information> information, Optional<Integer> reason)
      implements BmpMessage {
    public Termination {
      information = List.copyOf(information);
    }
  }

  /** Of a type that is not known; to be ignored (section 4.1). */
  record Unknown(int type) implements BmpMessage {}

  /**
   * Of the right length, and not to be read: the next one may be.
   *
   * @param position of what is wrong, in bytes from the first one of the stream
   */
  record Damaged(int type, String reason, long position) implements BmpMessage {}

  /** The connection that a session runs on, as the router sees it. */
  record Link(IpAddress local, int localPort, int remotePort) {}

  /**
   * One number.
   *
   * @param type as RFC 7854 section 4.8, RFC 8671 section 6.2 and RFC 9069 section 5.3 list them
   * @param afi the family that is counted; 0 for all
   * @param value unsigned 64 bits
   */
  record Statistic(int type, int afi, int safi, long value) {}

  /** Text about a router, or about one of its peers. Control characters are replaced. */
  record Information(int type, String text) {
    public static final int TEXT = 0;
    public static final int SYSTEM_DESCRIPTION = 1;
    public static final int SYSTEM_NAME = 2;

    /** Of the table that the peer belongs to (RFC 9069 section 4.4.1). */
    public static final int TABLE_NAME = 3;
  }

  /** What a mirroring message carries. */
  sealed interface Mirrored {
    /** A message as it came. */
    record Message(Decoded message) implements Mirrored {}

    /** The router could not read a message, or lost some. */
    record Trouble(int code) implements Mirrored {
      public static final int ERRORED_PDU = 0;
      public static final int MESSAGES_LOST = 1;
    }
  }

  /** Why a session ended (RFC 7854 section 4.9, RFC 9069 section 5.2). */
  enum DownReason {
    LOCAL_NOTIFICATION,
    LOCAL_EVENT,
    REMOTE_NOTIFICATION,
    REMOTE_SILENTLY,
    /** The session may be up; it is only no longer told of. */
    NOT_MONITORED,
    /** The router's own table, or the instance that it belongs to, is gone. */
    LOCAL_TABLE_CLOSED,
    UNKNOWN;

    static DownReason of(int code) {
      return switch (code) {
        case 1 -> LOCAL_NOTIFICATION;
        case 2 -> LOCAL_EVENT;
        case 3 -> REMOTE_NOTIFICATION;
        case 4 -> REMOTE_SILENTLY;
        case 5 -> NOT_MONITORED;
        case 6 -> LOCAL_TABLE_CLOSED;
        default -> UNKNOWN;
      };
    }
  }
}
