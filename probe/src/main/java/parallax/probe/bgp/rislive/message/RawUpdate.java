package parallax.probe.bgp.rislive.message;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.probe.bgp.message.Announcement;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Decoded.Understood;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.Route;
import parallax.probe.bgp.message.read.MessageReader;
import parallax.probe.net.Cidr;

/**
 * The message itself, as hexadecimal digits. It does not tell what its session had agreed on; the
 * lists beside it do: it counts where it names the same prefixes.
 */
final class RawUpdate {
  static final int MAX_BYTES = BgpMessage.MAX_EXTENDED_BYTES;

  /** Bytes of AS numbers and path identifiers, the likely ones first. */
  private static final List<MessageContext> CONTEXTS =
      List.of(
          MessageContext.stored(true, false),
          MessageContext.stored(true, true),
          MessageContext.stored(false, false),
          MessageContext.stored(false, true));

  private RawUpdate() {}

  /** An update and how many faults it has. */
  record Found(Update update, int faults) {}

  /** The update that agrees with the lists; where there are none, the one that is most likely. */
  static Optional<Found> read(MessageFields fields) {
    byte[] bytes = bytes(fields.raw);
    for (MessageContext context : CONTEXTS) {
      if (MessageReader.read(bytes, 0, bytes.length, context)
              instanceof Understood(BgpMessage message, var faults)
          && message instanceof Update update
          && (!fields.hasRoutes || same(update, fields))) {
        return Optional.of(new Found(update, faults.size()));
      }
    }
    return Optional.empty();
  }

  /** None when it is anything but whole bytes. */
  private static byte[] bytes(String digits) {
    byte[] bytes = new byte[Math.min(MAX_BYTES, digits.length() / 2)];
    boolean hex = 2 * bytes.length == digits.length();
    for (int at = 0; at < bytes.length && hex; at++) {
      int high = digit(digits.charAt(2 * at));
      int low = digit(digits.charAt(2 * at + 1));
      hex = (high | low) >= 0;
      bytes[at] = (byte) (high << 4 | low);
    }
    return hex ? bytes : new byte[0];
  }

  private static int digit(char letter) {
    if (letter >= '0' && letter <= '9') {
      return letter - '0';
    }
    int folded = letter | 0x20;
    return folded >= 'a' && folded <= 'f' && letter < 128 ? folded - 'a' + 10 : -1;
  }

  private static boolean same(Update update, MessageFields fields) {
    return sameWithdrawn(update.withdrawn(), fields.withdrawn)
        && sameAnnounced(update.announced(), fields.announced);
  }

  private static boolean sameWithdrawn(List<Route> routes, List<Cidr> prefixes) {
    if (routes.size() <= 1 && routes.size() == prefixes.size()) {
      return routes.isEmpty() || routes.getFirst().prefix().equals(prefixes.getFirst());
    }
    Set<Cidr> ours = new HashSet<>(2 * routes.size());
    routes.forEach(route -> ours.add(route.prefix()));
    return ours.equals(new HashSet<>(prefixes));
  }

  private static boolean sameAnnounced(
      List<Announcement> announcements, List<MessageFields.Reach> told) {
    if (announcements.isEmpty() && told.isEmpty()) {
      return true;
    }
    if (announcements.size() == 1 && told.size() == 1) {
      // As most of them are.
      List<Route> routes = announcements.getFirst().routes();
      List<Cidr> prefixes = told.getFirst().prefixes();
      if (routes.size() == 1 && prefixes.size() == 1) {
        return routes.getFirst().prefix().equals(prefixes.getFirst());
      }
    }
    Set<Cidr> ours = new HashSet<>();
    for (Announcement announcement : announcements) {
      announcement.routes().forEach(route -> ours.add(route.prefix()));
    }
    Set<Cidr> theirs = new HashSet<>();
    told.forEach(reach -> theirs.addAll(reach.prefixes()));
    return ours.equals(theirs);
  }
}
