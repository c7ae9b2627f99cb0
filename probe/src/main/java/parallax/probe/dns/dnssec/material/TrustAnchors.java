package parallax.probe.dns.dnssec.material;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Where trust begins (RFC 4033 section 2): DS or DNSKEY records that are believed without proof.
 * The root's are shipped; a laboratory, or an island of security, brings its own.
 *
 * @param delegationSigners anchors by digest
 * @param keys anchors by key
 */
public record TrustAnchors(List<DSRecord> delegationSigners, List<DNSKEYRecord> keys) {
  /** Lines of a file that are read. */
  public static final int MAX_LINES = 1_000;

  /** Characters of one line. */
  public static final int MAX_LINE_LENGTH = 10_000;

  private static final String SHIPPED = "/parallax/probe/dns/dnssec/root-anchors.zone";

  public TrustAnchors {
    delegationSigners = List.copyOf(delegationSigners);
    keys = List.copyOf(keys);
  }

  /** What came of reading a file. */
  public sealed interface Read {}

  /** At least one anchor. */
  public record Anchors(TrustAnchors anchors) implements Read {}

  /**
   * Not a file of anchors.
   *
   * @param line from 1; 0 when it is about the file as a whole
   */
  public record Unreadable(int line, String detail) implements Read {}

  /** The anchors of {@code zone} alone. */
  public TrustAnchors of(Name zone) {
    return new TrustAnchors(
        delegationSigners.stream().filter(anchor -> anchor.getName().equals(zone)).toList(),
        keys.stream().filter(anchor -> anchor.getName().equals(zone)).toList());
  }

  public boolean isEmpty() {
    return delegationSigners.isEmpty() && keys.isEmpty();
  }

  /** Those of the root that are shipped. */
  public static TrustAnchors ofRoot() {
    try (InputStream in = TrustAnchors.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException("not shipped: " + SHIPPED);
      }
      return switch (parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
        case Anchors(TrustAnchors anchors) -> anchors;
        case Unreadable(int line, String detail) ->
            throw new IllegalStateException(SHIPPED + ":" + line + ": " + detail);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads DS and DNSKEY records in presentation format (RFC 4034 sections 2.2 and 5.3), one a line
   * with an absolute owner and no parentheses; TTL and class may be left out, a semicolon begins a
   * comment.
   */
  public static Read parse(String text) {
    List<DSRecord> signers = new ArrayList<>();
    List<DNSKEYRecord> keys = new ArrayList<>();
    List<String> lines = text.lines().limit(MAX_LINES + 1L).toList();
    if (lines.size() > MAX_LINES) {
      return new Unreadable(0, "more than " + MAX_LINES + " lines");
    }
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index);
      if (line.length() > MAX_LINE_LENGTH) {
        return new Unreadable(index + 1, "longer than " + MAX_LINE_LENGTH + " characters");
      }
      int comment = line.indexOf(';');
      String said = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (said.isEmpty()) {
        continue;
      }
      switch (record(said).orElse(null)) {
        case DSRecord signer -> signers.add(signer);
        case DNSKEYRecord key -> keys.add(key);
        case null, default -> {
          return new Unreadable(index + 1, "neither a DS nor a DNSKEY record: " + said);
        }
      }
    }
    TrustAnchors anchors = new TrustAnchors(signers, keys);
    return anchors.isEmpty() ? new Unreadable(0, "no trust anchor") : new Anchors(anchors);
  }

  private static Optional<Record> record(String line) {
    List<String> words = List.of(line.split("\\s+"));
    int at = 1;
    while (at < words.size() && at <= 2 && isTtlOrClass(words.get(at))) {
      at++;
    }
    if (at + 1 >= words.size()) {
      return Optional.empty();
    }
    int type = Type.value(words.get(at));
    if (type != Type.DS && type != Type.DNSKEY) {
      return Optional.empty();
    }
    try {
      Name owner = Name.fromString(words.getFirst());
      if (!owner.isAbsolute()) {
        return Optional.empty();
      }
      String data = String.join(" ", words.subList(at + 1, words.size()));
      return Optional.of(Record.fromString(owner, type, DClass.IN, 0, data, Name.root));
    } catch (IOException | RuntimeException e) {
      // The codec meets a person's file here; whatever it throws means that this is no record.
      return Optional.empty();
    }
  }

  private static boolean isTtlOrClass(String word) {
    return word.equalsIgnoreCase("IN") || word.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
