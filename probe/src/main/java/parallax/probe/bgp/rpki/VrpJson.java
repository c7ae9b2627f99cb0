package parallax.probe.bgp.rpki;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.probe.net.Cidr;

/**
 * Reads payloads as validators write them: rpki-client, Routinator, StayRTR (an object with {@code
 * roas}), or the entries as a bare array. Streams; an entry that is wrong is counted and left out.
 */
public final class VrpJson {
  public static final long MAX_BYTES = 2L << 30;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_TEXT = 4_096;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .maxNameLength(MAX_TEXT)
                  .maxDocumentLength(MAX_BYTES)
                  .build())
          .build();

  private final JsonParser parser;
  private final Instant now;
  private final VrpTable table = new VrpTable();
  private final SortedMap<VrpProblem, Integer> problems = new TreeMap<>();
  private Optional<Instant> builtAt = Optional.empty();
  private boolean found;

  private VrpJson(JsonParser parser, Instant now) {
    this.parser = parser;
    this.now = now;
  }

  /**
   * Reads one document.
   *
   * @param now payloads that ended before do not count
   */
  public static VrpRead read(InputStream document, Instant now) {
    try (JsonParser parser = FACTORY.createParser(document)) {
      return new VrpJson(parser, now).document();
    } catch (IOException broken) {
      return new VrpRead.Broken(firstLine(broken));
    }
  }

  static String firstLine(IOException broken) {
    String text = String.valueOf(broken.getMessage());
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private VrpRead document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      entries();
    } else if (first == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("roas") && value == JsonToken.START_ARRAY) {
          entries();
        } else if (name.equals("metadata") && value == JsonToken.START_OBJECT) {
          metadata();
        } else {
          parser.skipChildren();
        }
      }
    }
    if (parser.nextToken() != null) {
      return new VrpRead.Broken("something follows the document");
    }
    return found
        ? new VrpRead.Complete(table, builtAt, problems)
        : new VrpRead.Broken("no array of payloads");
  }

  private void metadata() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean time = name.equals("buildtime") || name.equals("generatedTime");
      if (value == JsonToken.VALUE_STRING && time) {
        builtAt = instant(parser.getText());
      } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("generated")) {
        builtAt = builtAt.or(() -> seconds());
      } else {
        parser.skipChildren();
      }
    }
  }

  private Optional<Instant> seconds() {
    try {
      return Optional.of(Instant.ofEpochSecond(parser.getLongValue()));
    } catch (IOException | DateTimeException notATime) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  private void entries() throws IOException {
    found = true;
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      if (token == null) {
        throw new IOException("breaks off among the payloads");
      }
      if (token == JsonToken.START_OBJECT) {
        take(new Entry(parser).read());
      } else {
        parser.skipChildren();
        count(VrpProblem.MALFORMED);
      }
      token = parser.nextToken();
    }
  }

  private void take(Entry entry) {
    if (entry.prefix == null || entry.asn == null || entry.malformed) {
      count(VrpProblem.MALFORMED);
      return;
    }
    Optional<Cidr> prefix = prefix(entry.prefix);
    Optional<Long> asn = asn(entry.asn);
    if (prefix.isEmpty() || asn.isEmpty()) {
      count(prefix.isEmpty() ? VrpProblem.PREFIX : VrpProblem.ASN);
      return;
    }
    int shortest = prefix.get().prefixLength();
    long longest = entry.maxLength < 0 ? shortest : entry.maxLength;
    if (longest < shortest || longest > (prefix.get().ipv6() ? 128 : 32)) {
      count(VrpProblem.MAX_LENGTH);
      return;
    }
    Optional<Instant> expires = entry.expires();
    if (expires.isPresent() && expires.get().isBefore(now)) {
      count(VrpProblem.EXPIRED);
      return;
    }
    Vrp vrp = new Vrp(prefix.get(), (int) longest, asn.get(), entry.anchor, expires);
    if (table.size() >= VrpTable.MAX_PAYLOADS) {
      count(VrpProblem.TOO_MANY);
    } else if (!table.add(vrp)) {
      count(VrpProblem.TWICE);
    }
  }

  private void count(VrpProblem problem) {
    problems.merge(problem, 1, Integer::sum);
  }

  static Optional<Cidr> prefix(String text) {
    try {
      return Optional.of(Cidr.parse(text));
    } catch (IllegalArgumentException notABlock) {
      return Optional.empty();
    }
  }

  /** {@code 13335}, {@code AS13335}: decimal digits, 32 bits. */
  static Optional<Long> asn(String text) {
    String digits = text.startsWith("AS") || text.startsWith("as") ? text.substring(2) : text;
    boolean plain =
        !digits.isEmpty()
            && digits.length() <= 10
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return plain
        ? Optional.of(Long.parseLong(digits)).filter(asn -> asn <= Vrp.MAX_ASN)
        : Optional.empty();
  }

  /** The members of one entry. */
  private static final class Entry {
    private final JsonParser parser;
    private @Nullable String prefix;
    private @Nullable String asn;
    private String anchor = "";
    private long maxLength = -1;
    private long expires;
    private boolean malformed;

    Entry(JsonParser parser) {
      this.parser = parser;
    }

    Entry read() throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "prefix" -> prefix = value == JsonToken.VALUE_STRING ? parser.getText() : null;
          case "asn" -> asn = value.isScalarValue() ? parser.getText() : null;
          case "ta" -> anchor = value == JsonToken.VALUE_STRING ? parser.getText() : "";
          case "maxLength" -> maxLength = number(value);
          case "expires" -> expires = number(value);
          default -> parser.skipChildren();
        }
        // A wrong type may have opened something.
        parser.skipChildren();
      }
      return this;
    }

    private long number(JsonToken value) throws IOException {
      boolean fits =
          value == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && parser.getLongValue() >= 0;
      malformed = malformed || !fits;
      return fits ? parser.getLongValue() : 0;
    }

    Optional<Instant> expires() {
      boolean told = expires > 0 && expires <= Instant.MAX.getEpochSecond();
      return told ? Optional.of(Instant.ofEpochSecond(expires)) : Optional.empty();
    }
  }
}
