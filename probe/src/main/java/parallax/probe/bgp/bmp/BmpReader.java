package parallax.probe.bgp.bmp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import parallax.probe.bgp.bmp.BmpMessage.DownReason;
import parallax.probe.bgp.bmp.BmpMessage.Information;
import parallax.probe.bgp.bmp.BmpMessage.Link;
import parallax.probe.bgp.bmp.BmpMessage.Mirrored;
import parallax.probe.bgp.bmp.BmpMessage.Statistic;
import parallax.probe.bgp.bmp.PeerHeader.View;
import parallax.probe.bgp.message.BgpMessage.Notification;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Capabilities;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.Decoded.Understood;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.Route;
import parallax.probe.bgp.message.read.Cursor;
import parallax.probe.bgp.message.read.MessageReader;
import parallax.probe.net.IpAddress;

/** The body of one message. */
final class BmpReader {
  private static final int ROUTE_MONITORING = 0;
  private static final int STATISTICS = 1;
  private static final int PEER_DOWN = 2;
  private static final int PEER_UP = 3;
  private static final int INITIATION = 4;
  private static final int TERMINATION = 5;
  private static final int MIRRORING = 6;

  private static final int PEER_HEADER = 42;
  private static final int LINK = 20;

  private static final int IPV6 = 0x80;
  private static final int POST_POLICY = 0x40;
  private static final int LEGACY_PATHS = 0x20;
  private static final int OUT = 0x10;
  private static final int FILTERED = 0x80;

  private static final int FAMILY = 3;
  private static final int NANOS_PER_MICROSECOND = 1000;
  private static final int TERMINATION_REASON = 1;

  private static final String FIELD = "a field";

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** Of a text so much is kept, in bytes. */
  private static final int MAX_TEXT = 1024;

  private final UpdateContexts contexts;
  private final long position;

  BmpReader(UpdateContexts contexts, long position) {
    this.contexts = contexts;
    this.position = position;
  }

  BmpMessage read(int type, Cursor cursor) {
    Body body = new Body(cursor);
    BmpMessage message =
        switch (type) {
          case ROUTE_MONITORING -> {
            PeerHeader peer = peer(body);
            yield new BmpMessage.RouteMonitoring(peer, update(body, peer));
          }
          case STATISTICS -> new BmpMessage.StatisticsReport(peer(body), statistics(body));
          case PEER_DOWN -> peerDown(peer(body), body);
          case PEER_UP -> peerUp(peer(body), body);
          case INITIATION -> new BmpMessage.Initiation(information(body));
          case TERMINATION -> termination(body);
          case MIRRORING -> {
            PeerHeader peer = peer(body);
            yield new BmpMessage.RouteMirroring(peer, mirrored(body, contexts.of(peer).getFirst()));
          }
          default -> new BmpMessage.Unknown(type);
        };
    return body.damage()
        .<BmpMessage>map(
            damage -> new BmpMessage.Damaged(type, damage.reason(), position + damage.offset()))
        .orElse(message);
  }

  private static PeerHeader peer(Body body) {
    String what = "the header of a peer";
    body.need(PEER_HEADER, what);
    int type = body.u8(what);
    int flags = body.u8(what);
    boolean own = type == PeerKey.LOC_RIB;
    long distinguisher = body.i64(what);
    IpAddress address = address(body, !own && (flags & IPV6) != 0);
    long asn = body.u32(what);
    int identifier = (int) body.u32(what);
    long seconds = body.u32(what);
    long nanos = body.u32(what) * NANOS_PER_MICROSECOND;
    return new PeerHeader(
        new PeerKey(type, distinguisher, address),
        own ? View.LOC_RIB : view(flags),
        !own && (flags & LEGACY_PATHS) != 0,
        own && (flags & FILTERED) != 0,
        asn,
        identifier,
        seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds, nanos)));
  }

  private static View view(int flags) {
    boolean post = (flags & POST_POLICY) != 0;
    if ((flags & OUT) != 0) {
      return post ? View.OUT_POST_POLICY : View.OUT_PRE_POLICY;
    }
    return post ? View.POST_POLICY : View.PRE_POLICY;
  }

  private static IpAddress address(Body body, boolean ipv6) {
    long high = body.i64("an address");
    long low = body.i64("an address");
    return ipv6 ? new IpAddress(true, high, low) : IpAddress.ipv4((int) low);
  }

  /** As the first context reads it that leaves no doubt; else as the likeliest one does. */
  private Decoded update(Body body, PeerHeader peer) {
    Cursor update = body.rest();
    List<MessageContext> candidates = contexts.of(peer);
    Decoded likeliest = MessageReader.read(update.again(), candidates.getFirst());
    if (candidates.size() == 1 || isBeyondDoubt(likeliest)) {
      return likeliest;
    }
    for (MessageContext other : candidates.subList(1, candidates.size())) {
      Decoded decoded = MessageReader.read(update.again(), other);
      if (isBeyondDoubt(decoded)) {
        return decoded;
      }
    }
    return likeliest;
  }

  /**
   * Path identifiers that nobody spoke of read as prefixes of no length, several of them, and no
   * router says a prefix twice in one list.
   */
  private static boolean isBeyondDoubt(Decoded decoded) {
    if (!(decoded instanceof Understood(Update update, var faults))) {
      return decoded instanceof Understood;
    }
    Set<Route> withdrawn = new HashSet<>(update.withdrawn());
    boolean once = faults.isEmpty() && withdrawn.size() == update.withdrawn().size();
    for (var announcement : update.announced()) {
      once = once && new HashSet<>(announcement.routes()).size() == announcement.routes().size();
    }
    return once;
  }

  private static List<Statistic> statistics(Body body) {
    // How many there are is said, and seen.
    body.u32("the number of statistics");
    List<Statistic> statistics = new ArrayList<>();
    while (body.more()) {
      int type = body.u16(FIELD);
      Cursor value = value(body);
      switch (value.left()) {
        case Integer.BYTES -> statistics.add(new Statistic(type, 0, 0, value.u32()));
        case Long.BYTES -> statistics.add(new Statistic(type, 0, 0, value.i64()));
        case FAMILY + Long.BYTES ->
            statistics.add(new Statistic(type, value.u16(), value.u8(), value.i64()));
        default -> {
          // Of a size that no statistic has that is known.
        }
      }
    }
    return statistics;
  }

  private static Cursor value(Body body) {
    int length = body.u16(FIELD);
    return body.part(length, FIELD);
  }

  private static BmpMessage peerDown(PeerHeader peer, Body body) {
    DownReason reason = DownReason.of(body.u8("the reason"));
    int event = 0;
    Optional<Notification> notification = Optional.empty();
    switch (reason) {
      case LOCAL_NOTIFICATION, REMOTE_NOTIFICATION -> notification = notification(body.rest());
      case LOCAL_EVENT -> event = body.u16("the event");
      case REMOTE_SILENTLY, NOT_MONITORED, LOCAL_TABLE_CLOSED, UNKNOWN -> {}
    }
    return new BmpMessage.PeerDown(peer, reason, event, notification);
  }

  /** That the session is down is sure, whatever this says. */
  private static Optional<Notification> notification(Cursor rest) {
    return MessageReader.read(rest, MessageContext.stored(true, false))
            instanceof Understood(Notification notification, _)
        ? Optional.of(notification)
        : Optional.empty();
  }

  private static BmpMessage peerUp(PeerHeader peer, Body body) {
    body.need(LINK, "the connection");
    boolean ipv6 = peer.key().address().ipv6();
    Link link =
        new Link(address(body, ipv6), body.u16("the local port"), body.u16("the remote port"));
    Open sent = open(body, "the OPEN that was sent");
    Open received = open(body, "the OPEN that was received");
    return new BmpMessage.PeerUp(peer, link, sent, received, information(body));
  }

  private static Open open(Body body, String what) {
    int start = body.rest().offset();
    if (MessageReader.read(body.rest(), MessageContext.stored(true, false))
        instanceof Understood(Open open, _)) {
      return open;
    }
    body.damaged(what + " cannot be read", start);
    return new Open(0, 0, 0, Capabilities.NONE);
  }

  private static List<Information> information(Body body) {
    List<Information> information = new ArrayList<>();
    while (body.more()) {
      int type = body.u16(FIELD);
      information.add(new Information(type, text(value(body))));
    }
    return information;
  }

  private static String text(Cursor value) {
    byte[] bytes = value.take(Math.min(value.left(), MAX_TEXT));
    String decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)).toString();
    return CONTROL.matcher(decoded).replaceAll("\ufffd");
  }

  private static BmpMessage termination(Body body) {
    List<Information> information = new ArrayList<>();
    Optional<Integer> reason = Optional.empty();
    while (body.more()) {
      int type = body.u16(FIELD);
      Cursor value = value(body);
      if (type == TERMINATION_REASON && value.left() == Short.BYTES) {
        reason = Optional.of(value.u16());
      } else {
        information.add(new Information(type, text(value)));
      }
    }
    return new BmpMessage.Termination(information, reason);
  }

  private static List<Mirrored> mirrored(Body body, MessageContext context) {
    List<Mirrored> mirrored = new ArrayList<>();
    while (body.more()) {
      int type = body.u16(FIELD);
      Cursor value = value(body);
      switch (type) {
        case 0 -> mirrored.add(new Mirrored.Message(MessageReader.read(value, context)));
        case 1 -> {
          if (value.left() == Short.BYTES) {
            mirrored.add(new Mirrored.Trouble(value.u16()));
          }
        }
        default -> {
          // Of a kind that is not known.
        }
      }
    }
    return mirrored;
  }
}
