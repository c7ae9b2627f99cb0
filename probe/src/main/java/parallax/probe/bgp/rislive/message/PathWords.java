package parallax.probe.bgp.rislive.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import parallax.probe.bgp.route.AsPath;

/** Reads {@code [3303, 6453, [64500, 64501]]}: numbers, a set as an array of its own. */
final class PathWords {
  /** As many as fit into the longest message (RFC 8654), in two words or fewer each. */
  static final int MAX_NUMBERS = 16_384;

  static final long MAX_ASN = 0xffff_ffffL;

  private static final String NO_NUMBER = "a path of something else than numbers";
  private static final int FIRST = 16;
  private static final int NONE = -1;

  private int[] words = new int[FIRST];
  private int size;
  private int sequence = NONE;

  /**
   * Reads on from the start of the array to its end.
   *
   * @return what is wrong with it; empty when nothing is
   */
  String read(JsonParser parser) throws IOException {
    String wrong = "";
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY && token != null) {
      if (token == JsonToken.START_ARRAY) {
        wrong = wrong.isEmpty() ? set(parser) : skipped(parser, wrong);
      } else if (token == JsonToken.VALUE_NUMBER_INT && wrong.isEmpty()) {
        if (sequence == NONE) {
          sequence = segment(AsPath.SEQUENCE);
        }
        wrong = number(parser.getLongValue(), sequence);
      } else {
        wrong = skipped(parser, wrong.isEmpty() ? NO_NUMBER : wrong);
      }
      token = parser.nextToken();
    }
    return wrong;
  }

  AsPath path() {
    return AsPath.of(Arrays.copyOf(words, size));
  }

  private String set(JsonParser parser) throws IOException {
    sequence = NONE;
    int set = segment(AsPath.SET);
    String wrong = "";
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY && token != null) {
      if (token == JsonToken.VALUE_NUMBER_INT && wrong.isEmpty()) {
        wrong = number(parser.getLongValue(), set);
      } else {
        wrong = skipped(parser, wrong.isEmpty() ? NO_NUMBER : wrong);
      }
      token = parser.nextToken();
    }
    if (words[set] == 0) {
      // Nobody is in it.
      size = set - 1;
    }
    return wrong;
  }

  private static String skipped(JsonParser parser, String wrong) throws IOException {
    parser.skipChildren();
    return wrong;
  }

  /** Where its count stands. */
  private int segment(int kind) {
    push(kind);
    push(0);
    return size - 1;
  }

  private String number(long asn, int segment) {
    if (asn < 0 || asn > MAX_ASN) {
      return "a path with a number of more than 32 bits";
    }
    if (size >= 2 * MAX_NUMBERS) {
      return "a path of more than " + MAX_NUMBERS + " numbers";
    }
    push((int) asn);
    words[segment]++;
    return "";
  }

  private void push(int word) {
    if (size == words.length) {
      words = Arrays.copyOf(words, 2 * size);
    }
    words[size++] = word;
  }
}
