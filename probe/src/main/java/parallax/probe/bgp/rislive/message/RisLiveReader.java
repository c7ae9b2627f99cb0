package parallax.probe.bgp.rislive.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Heard;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Ignored;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Malformed;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.IpAddress;

/**
 * Reads frames. Whatever the text is, the result is a value: nothing is thrown, and no more is
 * allocated than a small multiple of the text.
 */
public final class RisLiveReader {
  /**
   * Characters of one frame. The longest message (RFC 8654) has 131,070 as hexadecimal digits, and
   * its prefixes spelt out some 400,000.
   */
  public static final int MAX_FRAME = 1 << 20;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_TEXT = 2 * RawUpdate.MAX_BYTES + 2;
  private static final int MAX_NAME = 256;
  private static final int MAX_DIGITS = 64;
  private static final int MAX_REASON = 200;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_DIGITS)
                  .build())
          // Names that nobody asked for are not to be kept.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private RisLiveReader() {}

  /** Reads one frame, or one line of the stream. */
  public static RisLiveMessage read(String frame) {
    if (frame.length() > MAX_FRAME) {
      return new Malformed("a frame of " + frame.length() + " characters");
    }
    MessageFields fields = new MessageFields();
    String type = "";
    try (JsonParser parser = FACTORY.createParser(frame)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Malformed("not an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("type") && value == JsonToken.VALUE_STRING) {
          type = parser.getText();
        } else if (name.equals("data")) {
          fields.read(parser);
        } else {
          parser.skipChildren();
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        return new Malformed("not one object");
      }
    } catch (JsonProcessingException broken) {
      return new Malformed("not JSON from character " + offset(broken) + " on");
    } catch (IOException impossible) {
      return new Malformed("not readable");
    }
    return fields.problem.isEmpty() ? message(type, fields) : new Malformed(fields.problem);
  }

  private static long offset(JsonProcessingException broken) {
    return broken.getLocation() == null ? 0 : broken.getLocation().getCharOffset();
  }

  private static RisLiveMessage message(String type, MessageFields fields) {
    return switch (type) {
      case "ris_message" -> heard(fields);
      case "pong" -> new RisLiveMessage.Pong();
      case "ris_subscribe_ok" -> new RisLiveMessage.Subscribed(fields.subscribed);
      case "ris_rrc_list" -> new RisLiveMessage.Collectors(fields.names);
      case "ris_error" -> new RisLiveMessage.Refused(plain(fields.message));
      case "" -> new Malformed("no type");
      default -> new Ignored();
    };
  }

  private static String plain(String reason) {
    String start = reason.substring(0, Math.min(MAX_REASON, reason.length()));
    return start.replaceAll("\\p{C}", "\ufffd");
  }

  private static RisLiveMessage heard(MessageFields fields) {
    Optional<Instant> at = FieldText.instant(fields.timestamp);
    Optional<IpAddress> address = AddressReader.address(fields.peer);
    OptionalLong asn = FieldText.asn(fields.peerAsn);
    Optional<String> collector = FieldText.collector(fields.host);
    if (at.isEmpty()) {
      return new Malformed("no time");
    }
    if (address.isEmpty() || asn.isEmpty()) {
      return new Malformed("no peer");
    }
    if (collector.isEmpty()) {
      return new Malformed("no collector");
    }
    Peer peer = new Peer(collector.get(), address.get().toString(), asn.getAsLong());
    return switch (kind(fields)) {
      case "UPDATE" -> UpdateEvents.of(fields, at.get(), peer);
      case "RIS_PEER_STATE" -> session(fields.state, at.get(), peer);
      case "OPEN", "NOTIFICATION", "KEEPALIVE" -> new Heard(peer, at.get(), List.of(), 0);
      default -> new Ignored();
    };
  }

  /** Some messages do not say their kind, and show it all the same. */
  private static String kind(MessageFields fields) {
    if (!fields.type.isEmpty()) {
      return fields.type;
    }
    return fields.hasRoutes ? "UPDATE" : fields.state.isEmpty() ? "" : "RIS_PEER_STATE";
  }

  private static RisLiveMessage session(String state, Instant at, Peer peer) {
    return switch (state) {
      case "up" -> new Heard(peer, at, List.of(new RouteEvent.PeerUp(at, peer)), 0);
      case "down" -> new Heard(peer, at, List.of(new RouteEvent.PeerDown(at, peer)), 0);
      // A connection that no session stands on yet.
      case "connected" -> new Heard(peer, at, List.of(), 0);
      default -> new Malformed("a session in no known state");
    };
  }
}
