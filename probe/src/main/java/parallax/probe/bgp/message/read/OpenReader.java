package parallax.probe.bgp.message.read;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.Capabilities;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.Fault;
import parallax.probe.bgp.message.MessageWriter.Capability;

/** The body of an OPEN (RFC 4271 section 4.2) with its capabilities (RFC 5492). */
final class OpenReader {
  private static final int OPEN_ERROR = 2;
  private static final int UNSPECIFIC = 0;
  private static final int WRONG_VERSION = 1;
  private static final int WRONG_HOLD_TIME = 6;

  private static final int VERSION = 4;
  private static final int BYTES = 10;
  private static final int MIN_HOLD_SECONDS = 3;
  private static final int OPTION_CAPABILITIES = 2;

  /** As length and as kind of the first parameter: lengths have two bytes (RFC 9072). */
  private static final int EXTENDED = 255;

  private static final int RECEIVES = 1;
  private static final int SENDS = 2;
  private static final int FAMILY_BYTES = 4;
  private static final int RESTART_SECONDS_MASK = 0x0fff;

  private final Set<Family> families = EnumSet.noneOf(Family.class);
  private final Set<Family> sends = EnumSet.noneOf(Family.class);
  private final Set<Family> receives = EnumSet.noneOf(Family.class);
  private Optional<Long> fourByteAs = Optional.empty();
  private Optional<Integer> restartSeconds = Optional.empty();
  private boolean extendedMessage;
  private boolean routeRefresh;

  Decoded read(Cursor body) {
    int start = body.offset();
    if (!body.has(BYTES)) {
      return broken(UNSPECIFIC, "OPEN is cut off", start);
    }
    int version = body.u8();
    if (version != VERSION) {
      return broken(WRONG_VERSION, "version " + version, start);
    }
    long asn = body.u16();
    int holdSeconds = body.u16();
    if (holdSeconds > 0 && holdSeconds < MIN_HOLD_SECONDS) {
      return broken(WRONG_HOLD_TIME, "hold time of " + holdSeconds + " s", start);
    }
    int identifier = body.i32();
    int length = body.u8();
    boolean extended =
        length == EXTENDED && body.has(FAMILY_BYTES - 1) && body.again().u8() == EXTENDED;
    if (extended) {
      body.skip(1);
      length = body.u16();
    }
    if (!body.has(length) || !options(body.part(length), extended)) {
      return broken(UNSPECIFIC, "parameters of OPEN are cut off", start);
    }
    Capabilities capabilities =
        new Capabilities(
            families, fourByteAs, sends, receives, extendedMessage, routeRefresh, restartSeconds);
    return new Decoded.Understood(
        new Open(fourByteAs.orElse(asn), holdSeconds, identifier, capabilities), List.of());
  }

  private static Decoded broken(int subcode, String reason, int offset) {
    return new Decoded.Broken(new Fault.SessionReset(OPEN_ERROR, subcode, reason, offset));
  }

  private boolean options(Cursor options, boolean extended) {
    int header = extended ? 1 + Short.BYTES : 2;
    while (options.left() > 0) {
      if (!options.has(header)) {
        return false;
      }
      int kind = options.u8();
      int length = extended ? options.u16() : options.u8();
      if (!options.has(length)) {
        return false;
      }
      Cursor option = options.part(length);
      if (kind == OPTION_CAPABILITIES && !capabilities(option)) {
        return false;
      }
    }
    return true;
  }

  private boolean capabilities(Cursor option) {
    while (option.left() > 0) {
      if (!option.has(2)) {
        return false;
      }
      int code = option.u8();
      int length = option.u8();
      if (!option.has(length)) {
        return false;
      }
      capability(code, option.part(length));
    }
    return true;
  }

  /** One that is too short is as good as none. */
  private void capability(int code, Cursor value) {
    switch (code) {
      case Capability.MULTIPROTOCOL -> {
        if (value.has(FAMILY_BYTES)) {
          int afi = value.u16();
          value.skip(1);
          Family.of(afi, value.u8()).ifPresent(families::add);
        }
      }
      case Capability.ROUTE_REFRESH -> routeRefresh = true;
      case Capability.EXTENDED_MESSAGE -> extendedMessage = true;
      case Capability.GRACEFUL_RESTART -> {
        if (value.has(Short.BYTES)) {
          restartSeconds = Optional.of(value.u16() & RESTART_SECONDS_MASK);
        }
      }
      case Capability.FOUR_BYTE_AS -> {
        if (value.has(Integer.BYTES)) {
          fourByteAs = Optional.of(value.u32());
        }
      }
      case Capability.ADD_PATH -> paths(value);
      default -> {}
    }
  }

  private void paths(Cursor value) {
    while (value.has(FAMILY_BYTES)) {
      Optional<Family> family = Family.of(value.u16(), value.u8());
      int mode = value.u8();
      if (mode > 0 && mode <= (SENDS | RECEIVES)) {
        family.filter(_ -> (mode & SENDS) != 0).ifPresent(sends::add);
        family.filter(_ -> (mode & RECEIVES) != 0).ifPresent(receives::add);
      }
    }
  }
}
