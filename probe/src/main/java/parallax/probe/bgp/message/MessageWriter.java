package parallax.probe.bgp.message;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;

/** Writes what a listener has to say: it opens, stays, ends, and never announces. */
public final class MessageWriter {
  private static final int VERSION = 4;

  /** Stands for a number that needs four bytes where there are two (RFC 6793 section 9). */
  private static final int AS_TRANS = 23_456;

  private static final int MAX_TWO_BYTES = 0xffff;
  private static final int OPEN_BYTES = 10;
  private static final int OPTION_CAPABILITIES = 2;
  private static final int MAX_RESTART_SECONDS = 0x0fff;
  private static final int RECEIVES = 1;
  private static final int SENDS = 2;

  private MessageWriter() {}

  /** What a listener may say. */
  public static byte[] write(BgpMessage message) {
    return switch (message) {
      case BgpMessage.Open open -> open(open);
      case BgpMessage.KeepAlive _ -> keepAlive();
      case BgpMessage.Notification(int code, int subcode, _) -> notification(code, subcode);
      case BgpMessage.Update _, BgpMessage.RouteRefresh _ ->
          throw new IllegalArgumentException("a listener does not say this");
    };
  }

  /** The first message (RFC 4271 section 4.2). */
  public static byte[] open(BgpMessage.Open open) {
    byte[] capabilities = capabilities(open.capabilities());
    byte[] message = message(MessageType.OPEN, OPEN_BYTES + 2 + capabilities.length);
    ByteBuffer body = ByteBuffer.wrap(message).position(BgpMessage.HEADER_BYTES);
    body.put((byte) VERSION);
    body.putShort((short) (open.asn() > MAX_TWO_BYTES ? AS_TRANS : open.asn()));
    body.putShort((short) open.holdSeconds());
    body.putInt(open.identifier());
    body.put((byte) (2 + capabilities.length));
    body.put((byte) OPTION_CAPABILITIES).put((byte) capabilities.length).put(capabilities);
    return message;
  }

  public static byte[] keepAlive() {
    return message(MessageType.KEEPALIVE, 0);
  }

  /** Ends the session (RFC 4271 section 6). */
  public static byte[] notification(int code, int subcode) {
    byte[] message = message(MessageType.NOTIFICATION, 2);
    message[BgpMessage.HEADER_BYTES] = (byte) code;
    message[BgpMessage.HEADER_BYTES + 1] = (byte) subcode;
    return message;
  }

  private static byte[] capabilities(Capabilities capabilities) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Family family : Family.values()) {
      if (capabilities.families().contains(family)) {
        out.writeBytes(
            new byte[] {Capability.MULTIPROTOCOL, 4, 0, (byte) family.afi(), 0, Family.UNICAST});
      }
    }
    if (capabilities.routeRefresh()) {
      out.writeBytes(new byte[] {Capability.ROUTE_REFRESH, 0});
    }
    if (capabilities.extendedMessage()) {
      out.writeBytes(new byte[] {Capability.EXTENDED_MESSAGE, 0});
    }
    capabilities
        .fourByteAs()
        .ifPresent(
            asn ->
                out.writeBytes(
                    ByteBuffer.allocate(6)
                        .put((byte) Capability.FOUR_BYTE_AS)
                        .put((byte) Integer.BYTES)
                        .putInt((int) (long) asn)
                        .array()));
    // Without families: nothing of a listener's is preserved (RFC 4724 section 3).
    capabilities
        .restartSeconds()
        .ifPresent(
            seconds ->
                out.writeBytes(
                    new byte[] {
                      Capability.GRACEFUL_RESTART,
                      Short.BYTES,
                      (byte) ((seconds & MAX_RESTART_SECONDS) >> Byte.SIZE),
                      (byte) (int) seconds
                    }));
    paths(capabilities, out);
    return out.toByteArray();
  }

  private static void paths(Capabilities capabilities, ByteArrayOutputStream out) {
    Set<Family> sends = capabilities.sendsPaths();
    Set<Family> receives = capabilities.receivesPaths();
    ByteArrayOutputStream families = new ByteArrayOutputStream();
    for (Family family : Family.values()) {
      int mode = (sends.contains(family) ? SENDS : 0) | (receives.contains(family) ? RECEIVES : 0);
      if (mode != 0) {
        families.writeBytes(new byte[] {0, (byte) family.afi(), Family.UNICAST, (byte) mode});
      }
    }
    if (families.size() > 0) {
      out.writeBytes(new byte[] {Capability.ADD_PATH, (byte) families.size()});
      out.writeBytes(families.toByteArray());
    }
  }

  private static byte[] message(int type, int bodyBytes) {
    byte[] message = new byte[BgpMessage.HEADER_BYTES + bodyBytes];
    ByteBuffer header = ByteBuffer.wrap(message);
    header.putLong(-1).putLong(-1).putShort((short) message.length).put((byte) type);
    return message;
  }

  /** Codes of capabilities. */
  public static final class Capability {
    public static final int MULTIPROTOCOL = 1;
    public static final int ROUTE_REFRESH = 2;
    public static final int EXTENDED_MESSAGE = 6;
    public static final int GRACEFUL_RESTART = 64;
    public static final int FOUR_BYTE_AS = 65;
    public static final int ADD_PATH = 69;

    private Capability() {}
  }
}
