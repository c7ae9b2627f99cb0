package parallax.probe.bgp.rpki;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.probe.net.Cidr;

/**
 * Reads a file of local exceptions (RFC 8416 section 3). A file with anything wrong in it counts
 * for nothing as a whole (section 3.1), as half of an exception is worse than none.
 */
public final class SlurmJson {
  public static final int MAX_BYTES = 4 << 20;

  /** Filters and assertions together. */
  public static final int MAX_ENTRIES = 10_000;

  private static final int MAX_DEPTH = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxDocumentLength(MAX_BYTES)
                  .build())
          .build();

  private final JsonParser parser;
  private final List<Slurm.Filter> filters = new ArrayList<>();
  private final List<Vrp> assertions = new ArrayList<>();
  private boolean versionOne;

  private SlurmJson(JsonParser parser) {
    this.parser = parser;
  }

  /** What came of it. */
  public sealed interface Read {
    record Complete(Slurm slurm) implements Read {}

    record Broken(String reason) implements Read {}
  }

  public static Read read(byte[] document) {
    if (document.length > MAX_BYTES) {
      return new Read.Broken("more than " + MAX_BYTES + " bytes");
    }
    try (JsonParser parser = FACTORY.createParser(document)) {
      SlurmJson reader = new SlurmJson(parser);
      reader.document();
      return new Read.Complete(new Slurm(reader.filters, reader.assertions));
    } catch (IOException broken) {
      return new Read.Broken(VrpJson.firstLine(broken));
    }
  }

  private void document() throws IOException {
    want(parser.nextToken() == JsonToken.START_OBJECT, "not an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "slurmVersion" ->
            versionOne = value == JsonToken.VALUE_NUMBER_INT && parser.getText().equals("1");
        case "validationOutputFilters" -> lists("prefixFilters", "bgpsecFilters");
        case "locallyAddedAssertions" -> lists("prefixAssertions", "bgpsecAssertions");
        default -> throw new IOException("no member of such a file: " + name);
      }
    }
    want(parser.nextToken() == null, "something follows the document");
    want(versionOne, "slurmVersion is not 1");
  }

  /** An object of two arrays, of which the second says nothing of routes. */
  private void lists(String routes, String other) throws IOException {
    want(parser.currentToken() == JsonToken.START_OBJECT, routes + " do not stand in an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      want(parser.nextToken() == JsonToken.START_ARRAY, name + " is not an array");
      want(name.equals(routes) || name.equals(other), "no member of such a file: " + name);
      if (name.equals(other)) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        entry(routes.equals("prefixAssertions"));
      }
      want(parser.currentToken() == JsonToken.END_ARRAY, name + " hold something else");
    }
  }

  private void entry(boolean assertion) throws IOException {
    Optional<Cidr> prefix = Optional.empty();
    Optional<Long> asn = Optional.empty();
    Optional<Integer> maxLength = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "prefix" -> {
          prefix = VrpJson.prefix(parser.getText());
          want(prefix.isPresent(), "not a prefix: " + parser.getText());
        }
        case "asn" -> {
          want(value == JsonToken.VALUE_NUMBER_INT, "asn is not a number");
          asn = VrpJson.asn(parser.getText());
          want(asn.isPresent(), "not a system: " + parser.getText());
        }
        case "maxPrefixLength" -> {
          want(value == JsonToken.VALUE_NUMBER_INT, "maxPrefixLength is not a number");
          maxLength = Optional.of(parser.getIntValue());
        }
        case "comment" -> want(value == JsonToken.VALUE_STRING, "comment is not a text");
        default -> throw new IOException("no member of an entry: " + name);
      }
    }
    want(filters.size() + assertions.size() < MAX_ENTRIES, "more than " + MAX_ENTRIES);
    if (!assertion) {
      want(prefix.isPresent() || asn.isPresent(), "a filter of nothing");
      filters.add(new Slurm.Filter(prefix, asn));
      return;
    }
    want(prefix.isPresent() && asn.isPresent(), "an assertion without prefix or asn");
    Cidr block = prefix.orElseThrow();
    int longest = maxLength.orElse(block.prefixLength());
    int bits = block.ipv6() ? 128 : 32;
    want(longest >= block.prefixLength() && longest <= bits, "not a length: " + longest);
    assertions.add(Vrp.of(block, longest, asn.orElseThrow()));
  }

  private static void want(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
