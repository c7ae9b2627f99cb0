package parallax.probe.bgp.message.read;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Makes updates byte by byte. */
final class Wire {
  static final String ORIGIN = "40 01 01 00";
  static final String PATH = "40 02 0a 02 02 0000fde9 0000fdea";
  static final String NEXT_HOP = "40 03 04 c0000201";

  /** 192.0.2.0/24 and 198.51.100.0/25. */
  static final String PREFIXES = "18 c00002 19 c6336400";

  /** 2001:db8::/32 by 2001:db8::1. */
  static final String REACH_IPV6 =
      "80 0e 1a 0002 01 10 20010db8000000000000000000000001 00 20 20010db8";

  private Wire() {}

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  /** An UPDATE of hexadecimal fields. */
  static byte[] update(String withdrawn, String attributes, String announced) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    field(body, bytes(withdrawn));
    field(body, bytes(attributes));
    body.writeBytes(bytes(announced));
    return message(2, body.toByteArray());
  }

  private static void field(ByteArrayOutputStream out, byte[] bytes) {
    out.write(bytes.length >> 8);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  static byte[] message(int type, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes("ff".repeat(16)));
    int length = 19 + body.length;
    out.write(length >> 8);
    out.write(length);
    out.write(type);
    out.writeBytes(body);
    return out.toByteArray();
  }
}
