package parallax.deploy.demo.certificate;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the few kinds of values that a certificate is made of (X.690, DER). */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  /** Lengths up to this are one byte (section 8.1.3.4). */
  private static final int SHORT = 0x7f;

  private static final int BYTE = 0xff;

  /** From this year on times have four digits for it (RFC 5280 section 4.1.2.5). */
  private static final int GENERALIZED_FROM = 2050;

  private static final DateTimeFormatter LONG_YEAR =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SHORT_YEAR =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  static final byte[] TRUE = {0x01, 0x01, (byte) BYTE};

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, joined(parts));
  }

  static byte[] set(byte[]... parts) {
    return tagged(SET, joined(parts));
  }

  static byte[] integer(BigInteger value) {
    return tagged(INTEGER, value.toByteArray());
  }

  static byte[] utf8(String text) {
    return tagged(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] octets(byte[] content) {
    return tagged(OCTET_STRING, content);
  }

  /**
   * A string of bits.
   *
   * @param unused bits at the end of the last byte
   */
  static byte[] bits(int unused, byte[] content) {
    return tagged(BIT_STRING, joined(new byte[] {(byte) unused}, content));
  }

  static byte[] time(Instant at) {
    return at.atZone(ZoneOffset.UTC).getYear() < GENERALIZED_FROM
        ? tagged(UTC_TIME, SHORT_YEAR.format(at).getBytes(StandardCharsets.US_ASCII))
        : tagged(GENERALIZED_TIME, LONG_YEAR.format(at).getBytes(StandardCharsets.US_ASCII));
  }

  /** An object identifier from its numbers (section 8.19). */
  static byte[] oid(int... numbers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(40 * numbers[0] + numbers[1]);
    for (int index = 2; index < numbers.length; index++) {
      int number = numbers[index];
      for (int shift = 28; shift > 0; shift -= 7) {
        if (number >>> shift > 0) {
          out.write(((number >>> shift) & SHORT) | 0x80);
        }
      }
      out.write(number & SHORT);
    }
    return tagged(OBJECT_IDENTIFIER, out.toByteArray());
  }

  /** Content under any tag of one byte. */
  static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length <= SHORT) {
      out.write(length);
    } else if (length <= BYTE) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >>> 8);
      out.write(length & BYTE);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
