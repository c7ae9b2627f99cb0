package parallax.probe.bgp.bmp;

import java.util.List;
import parallax.probe.bgp.message.MessageContext;

/** How the updates of a router's peers are written, as their sessions agreed. */
@FunctionalInterface
public interface UpdateContexts {
  /** Before anything is known of a peer. */
  UpdateContexts UNKNOWN = UpdateContexts::assumed;

  /**
   * The contexts that updates under this header may be written in, the likeliest first, at least
   * one.
   */
  List<MessageContext> of(PeerHeader header);

  /** What the header alone tells, and then the same with path identifiers. */
  private static List<MessageContext> assumed(PeerHeader header) {
    boolean wide = !header.legacyPaths();
    return List.of(MessageContext.stored(wide, false), MessageContext.stored(wide, true));
  }
}
