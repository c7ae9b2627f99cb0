package parallax.probe.bgp.rislive.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Heard;
import parallax.probe.bgp.rislive.message.RisLiveReader;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.Cidr;

/** What a client wants to hear; a part that it left out lets everything through. */
record Subscription(
    String type, String host, String require, List<Cidr> prefixes, boolean more, boolean less) {
  static Subscription of(JsonObject data) {
    Object prefix = data.getValue("prefix");
    List<Cidr> prefixes =
        switch (prefix) {
          case String one -> List.of(Cidr.parse(one));
          case JsonArray many -> many.stream().map(one -> Cidr.parse((String) one)).toList();
          case null, default -> List.of();
        };
    return new Subscription(
        data.getString("type", ""),
        data.getString("host", ""),
        data.getString("require", ""),
        prefixes,
        data.getBoolean("moreSpecific", true),
        data.getBoolean("lessSpecific", false));
  }

  /** A message that may be wanted. */
  record Offer(String frame, JsonObject data, List<Cidr> prefixes) {
    static Offer of(String frame) {
      JsonObject data = new JsonObject(frame).getJsonObject("data");
      List<Cidr> prefixes =
          RisLiveReader.read(frame) instanceof Heard heard
              ? heard.events().stream().flatMap(event -> prefix(event).stream()).toList()
              : List.of();
      return new Offer(frame, data, prefixes);
    }

    private static List<Cidr> prefix(RouteEvent event) {
      return switch (event) {
        case RouteEvent.Announced announced -> List.of(announced.prefix());
        case RouteEvent.Withdrawn withdrawn -> List.of(withdrawn.prefix());
        default -> List.of();
      };
    }

    /** The text as it is otherwise: written anew, its time could have an exponent. */
    String withoutRaw() {
      return frame.replaceFirst("\"raw\": ?\"[^\"]*\",", "");
    }
  }

  boolean wants(Offer offer) {
    JsonObject data = offer.data();
    return (type.isEmpty() || type.equals(data.getString("type")))
        && (host.isEmpty() || host.equals(data.getString("host")))
        && (require.isEmpty() || !data.getJsonArray(require, new JsonArray()).isEmpty())
        && (prefixes.isEmpty() || offer.prefixes().stream().anyMatch(this::concerns));
  }

  private boolean concerns(Cidr told) {
    return prefixes.stream()
        .anyMatch(
            wanted ->
                wanted.equals(told)
                    || (more && covers(wanted, told))
                    || (less && covers(told, wanted)));
  }

  private static boolean covers(Cidr outer, Cidr inner) {
    return outer.ipv6() == inner.ipv6()
        && outer.prefixLength() < inner.prefixLength()
        && Cidr.masked(inner.ipv6(), inner.high(), inner.low(), outer.prefixLength()).equals(outer);
  }
}
