package parallax.probe.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SPFRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import parallax.probe.net.AddressText;

/** Record data as people write it (RFC 1035 section 5.1), and when two ways of writing are one. */
public final class Presentation {

  private Presentation() {}

  /**
   * The data of {@code record}: IPv6 addresses as RFC 5952 asks, names with trailing dot, texts in
   * quotes.
   */
  public static String text(Record record) {
    return switch (record) {
      case AAAARecord address -> AddressText.of(address.getAddress());
      case TXTRecord text -> quoted(text.getStrings());
      case SPFRecord text -> quoted(text.getStrings());
      default -> record.rdataToString();
    };
  }

  private static String quoted(List<String> strings) {
    return strings.stream().collect(Collectors.joining("\" \"", "\"", "\""));
  }

  /**
   * What two records of one type have in common when they say the same: data in canonical form (RFC
   * 4034 section 6.2); of texts the strings joined, since readers join them (RFC 7208 section 3.3).
   */
  public static ByteBuffer key(Record record) {
    if (record instanceof TXTRecord text) {
      return joined(text.getStringsAsByteArrays());
    }
    if (record instanceof SPFRecord text) {
      return joined(text.getStringsAsByteArrays());
    }
    return ByteBuffer.wrap(record.rdataToWireCanonical());
  }

  /**
   * The {@link #key} of what a user wrote as an answer of this type; names may lack the trailing
   * dot and texts the quotes. Empty when the text is no such data.
   */
  public static Optional<ByteBuffer> key(int type, String written) {
    boolean texts = type == Type.TXT || type == Type.SPF;
    if (texts && !written.startsWith("\"")) {
      return Optional.of(ByteBuffer.wrap(written.getBytes(StandardCharsets.UTF_8)));
    }
    try {
      return Optional.of(key(Record.fromString(Name.root, type, DClass.IN, 0, written, Name.root)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** {@code name} in lower case and without the last dot. */
  public static String canonicalName(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }

  /** The address in {@code record}, if it holds one. */
  public static Optional<InetAddress> address(Record record) {
    return switch (record) {
      case ARecord four -> Optional.of(four.getAddress());
      case AAAARecord six -> Optional.of(six.getAddress());
      default -> Optional.empty();
    };
  }

  private static ByteBuffer joined(Iterable<byte[]> strings) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    strings.forEach(all::writeBytes);
    return ByteBuffer.wrap(all.toByteArray());
  }
}
