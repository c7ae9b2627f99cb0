package parallax.probe.dns.vantage.line;

import java.util.List;
import java.util.Optional;
import parallax.probe.net.Cidr;

/** By what a resolver that speaks TLS proves to be itself (RFC 8310 section 5). */
public sealed interface Identity {
  /** Sent as SNI; none when the resolver has no name (RFC 6066 section 3 wants no addresses). */
  Optional<String> serverName();

  /** Its certificate is for this name, or address, from a CA that is trusted. */
  record ByName(String name) implements Identity {
    @Override
    public Optional<String> serverName() {
      return Optional.of(name).filter(text -> Cidr.literal(text).isEmpty());
    }
  }

  /**
   * Its key is one of these, whoever vouches for it (RFC 7858 section 4.2).
   *
   * @param name for SNI
   * @param pins SHA-256 over the SubjectPublicKeyInfo, in base64 (RFC 7469 section 2.4)
   */
  record ByKey(Optional<String> name, List<String> pins) implements Identity {
    /** Keys that may be pinned for one resolver. */
    public static final int MAX_PINS = 8;

    public ByKey {
      pins = List.copyOf(pins);
      if (pins.isEmpty() || pins.size() > MAX_PINS) {
        throw new IllegalArgumentException("1 to " + MAX_PINS + " pins, not " + pins.size());
      }
    }

    @Override
    public Optional<String> serverName() {
      return name;
    }
  }
}
