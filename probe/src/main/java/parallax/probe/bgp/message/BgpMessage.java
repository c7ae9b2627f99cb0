package parallax.probe.bgp.message;

import java.util.List;
import java.util.Optional;

/** One message (RFC 4271 section 4). */
public sealed interface BgpMessage {
  /** Bytes of the header: marker, length, type. */
  int HEADER_BYTES = 19;

  int MAX_BYTES = 4096;

  /** When both sides agreed to it (RFC 8654 section 3). */
  int MAX_EXTENDED_BYTES = 65_535;

  /**
   * What a speaker says of itself first (RFC 4271 section 4.2).
   *
   * @param asn its autonomous system, that of the capability where there is one (RFC 6793)
   * @param holdSeconds 0, or at least 3
   * @param identifier its 32 bits
   */
  record Open(long asn, int holdSeconds, int identifier, Capabilities capabilities)
      implements BgpMessage {}

  /**
   * Routes that come and go (RFC 4271 section 4.3), each list in the order of the message.
   *
   * @param announced routes with their ways: those of the message itself, then those of
   *     MP_REACH_NLRI
   * @param endOfTable the family whose table is told completely with this message (RFC 4724 section
   *     2)
   * @param skippedFamilies how many attributes spoke of families that are not read
   */
  record Update(
      List<Route> withdrawn,
      List<Announcement> announced,
      Optional<Family> endOfTable,
      int skippedFamilies)
      implements BgpMessage {
    public Update {
      withdrawn = List.copyOf(withdrawn);
      announced = List.copyOf(announced);
    }
  }

  /**
   * Why a speaker ends the session (RFC 4271 section 4.5).
   *
   * @param communication what its operator wrote (RFC 9003), control characters replaced
   */
  record Notification(int code, int subcode, Optional<String> communication)
      implements BgpMessage {}

  /** Still there (RFC 4271 section 4.4). */
  record KeepAlive() implements BgpMessage {}

  /**
   * Asks for the whole table of a family again (RFC 2918), or marks where that starts and ends (RFC
   * 7313).
   */
  record RouteRefresh(int afi, int subtype, int safi) implements BgpMessage {}
}
