package parallax.probe.bgp.rislive.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import parallax.probe.bgp.route.AsPath;
import parallax.probe.net.Cidr;

/**
 * What stands in the {@code data} of any kind of frame, as text where it is not a list: the kind
 * itself may come after it. Names that are not known are skipped.
 */
final class MessageFields {
  /** Of one message, each time it is named counted: twice what fits into the longest one. */
  static final int MAX_PREFIXES = 65_536;

  static final int MAX_COMMUNITIES = PathWords.MAX_NUMBERS;
  static final int MAX_NEXT_HOPS = 256;

  /** Names of collectors; there are thirty. */
  static final int MAX_NAMES = 256;

  /** What marks the end of a table where a prefix is expected. */
  private static final String END_OF_TABLE = "eor";

  /** Prefixes of one next hop, or of more that are written beside each other. */
  record Reach(String nextHop, List<Cidr> prefixes) {}

  String timestamp = "";
  String peer = "";
  String peerAsn = "";
  String host = "";
  String type = "";
  String state = "";
  String raw = "";
  String origin = "";
  String med = "";
  String aggregator = "";
  String message = "";
  AsPath path = AsPath.EMPTY;
  boolean hasPath;

  /** Whether the lists of routes were there, be they empty. */
  boolean hasRoutes;

  final List<Reach> announced = new ArrayList<>(1);
  final List<Cidr> withdrawn = new ArrayList<>(1);
  final List<Cidr> subscribed = new ArrayList<>(1);
  final List<String> names = new ArrayList<>(0);

  /** Plain communities, the high half and the low half one after the other. */
  final List<Integer> communities = new ArrayList<>();

  int passedOver;

  /** Why nothing of it is to be believed; empty when there is no reason. */
  String problem = "";

  private int prefixes;

  /** Reads on from the first token of the value to its last. */
  void read(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          field(name, parser);
        }
      }
      case START_ARRAY -> names(parser);
      default -> parser.skipChildren();
    }
  }

  private void field(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "timestamp" -> timestamp = scalar(parser);
      case "peer" -> peer = scalar(parser);
      case "peer_asn" -> peerAsn = scalar(parser);
      case "host" -> host = scalar(parser);
      case "type" -> type = scalar(parser);
      case "state" -> state = scalar(parser);
      case "raw" -> raw = scalar(parser);
      case "origin" -> origin = scalar(parser);
      case "med" -> med = scalar(parser);
      case "aggregator" -> aggregator = scalar(parser);
      case "message" -> message = scalar(parser);
      case "path" -> path(parser);
      case "community" -> communities(parser);
      case "announcements" -> announcements(parser);
      case "withdrawals" -> {
        hasRoutes = true;
        prefixes(parser, withdrawn);
      }
      case "subscription" -> subscription(parser);
      default -> parser.skipChildren();
    }
  }

  /** Text and numbers as they stand; nothing of lists, null and truth. */
  private static String scalar(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING || (token != null && token.isNumeric())) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }

  private void path(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    PathWords words = new PathWords();
    String wrong = words.read(parser);
    problem(wrong);
    hasPath = true;
    path = wrong.isEmpty() ? words.path() : AsPath.EMPTY;
  }

  /** Pairs of 16 bits each; whatever is none is passed over. */
  private void communities(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.START_ARRAY) {
      int high = sixteenBits(parser, parser.nextToken());
      int low = high < 0 ? -1 : sixteenBits(parser, parser.nextToken());
      boolean pair = low >= 0 && parser.nextToken() == JsonToken.END_ARRAY;
      if (!pair) {
        skipRest(parser);
        passedOver++;
      } else if (communities.size() / 2 >= MAX_COMMUNITIES) {
        problem("more than " + MAX_COMMUNITIES + " communities");
      } else {
        communities.add(high);
        communities.add(low);
      }
    }
    skipRest(parser);
  }

  private static int sixteenBits(JsonParser parser, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      parser.skipChildren();
      return -1;
    }
    long value = parser.getLongValue();
    return value >= 0 && value <= 0xffff ? (int) value : -1;
  }

  /** To the end of the array that the parser is in, or at the end of. */
  private static void skipRest(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    while (token != JsonToken.END_ARRAY && token != null) {
      token = parser.nextToken();
      if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
        parser.skipChildren();
        token = parser.nextToken();
      }
    }
  }

  private void announcements(JsonParser parser) throws IOException {
    hasRoutes = true;
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY && token != null) {
      if (token == JsonToken.START_OBJECT && announced.size() < MAX_NEXT_HOPS) {
        announcement(parser);
      } else {
        parser.skipChildren();
        passedOver++;
      }
      token = parser.nextToken();
    }
  }

  private void announcement(JsonParser parser) throws IOException {
    String nextHop = "";
    List<Cidr> routes = new ArrayList<>(1);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "next_hop" -> nextHop = scalar(parser);
        case "prefixes" -> prefixes(parser, routes);
        default -> parser.skipChildren();
      }
    }
    announced.add(new Reach(nextHop, routes));
  }

  private void prefixes(JsonParser parser, List<Cidr> into) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY && token != null) {
      if (token == JsonToken.VALUE_STRING) {
        prefix(parser.getText(), into);
      } else {
        parser.skipChildren();
        passedOver++;
      }
      token = parser.nextToken();
    }
  }

  private void prefix(String text, List<Cidr> into) {
    prefixes++;
    if (prefixes > MAX_PREFIXES) {
      problem("more than " + MAX_PREFIXES + " prefixes");
    } else if (!text.equals(END_OF_TABLE)) {
      AddressReader.prefix(text).ifPresentOrElse(into::add, () -> passedOver++);
    }
  }

  private void subscription(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean prefix = parser.currentName().equals("prefix");
      JsonToken token = parser.nextToken();
      if (prefix && token == JsonToken.VALUE_STRING) {
        prefix(parser.getText(), subscribed);
      } else if (prefix) {
        prefixes(parser, subscribed);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void names(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY && token != null) {
      if (token == JsonToken.VALUE_STRING && names.size() < MAX_NAMES) {
        FieldText.collector(parser.getText()).ifPresentOrElse(names::add, () -> passedOver++);
      } else {
        parser.skipChildren();
      }
      token = parser.nextToken();
    }
  }

  private void problem(String found) {
    problem = problem.isEmpty() ? found : problem;
  }
}
