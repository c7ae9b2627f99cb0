package parallax.probe.bgp.rislive.message;

import java.util.Collection;
import java.util.stream.Collectors;
import parallax.probe.net.Cidr;

/** What a client says: a frame each, or a filter for the header of the stream. */
public final class RisLiveRequests {
  public static final String PING = "{\"type\":\"ping\",\"data\":null}";
  public static final String COLLECTORS = "{\"type\":\"request_rrc_list\",\"data\":null}";

  /** Sessions that come up and go down, of all peers. */
  public static final String SESSIONS = filter("\"type\":\"RIS_PEER_STATE\"");

  /** What every peer says every minute or so: who sends it is alive. */
  public static final String KEEP_ALIVES = filter("\"type\":\"KEEPALIVE\"");

  private RisLiveRequests() {}

  /** A filter for updates of these prefixes, of what covers them, and of what lies inside. */
  public static String updates(Collection<Cidr> prefixes) {
    String list =
        prefixes.stream()
            .map(prefix -> '"' + prefix.toString() + '"')
            .collect(Collectors.joining(","));
    return filter(
        "\"type\":\"UPDATE\",\"prefix\":["
            + list
            + "],\"moreSpecific\":true,\"lessSpecific\":true");
  }

  /** Asks for what a filter lets through. */
  public static String subscribe(String filter) {
    return "{\"type\":\"ris_subscribe\",\"data\":" + filter + "}";
  }

  /** Takes back what {@link #subscribe} asked for with the same filter. */
  public static String unsubscribe(String filter) {
    return "{\"type\":\"ris_unsubscribe\",\"data\":" + filter + "}";
  }

  private static String filter(String what) {
    return "{" + what + ",\"socketOptions\":{\"includeRaw\":true,\"acknowledge\":true}}";
  }
}
