package parallax.probe.bgp.rislive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import parallax.probe.bgp.rislive.message.RisLiveRequests;
import parallax.probe.net.Cidr;

/**
 * What streams are asked for, one request each: sessions, signs of life (there is no ping), and
 * updates of as many prefixes as the headers of a few requests can hold.
 *
 * @param prefixes those that have found room, in the order in which they are wanted
 */
record StreamFilters(List<String> filters, List<Cidr> prefixes) {
  /** Servers allow 8 KiB for all headers of a request. */
  static final int MAX_LIST = 6_000;

  static final int MAX_UPDATE_STREAMS = 6;

  /** Quotes and a comma. */
  private static final int BETWEEN = 3;

  static StreamFilters of(Collection<Cidr> wanted) {
    List<String> filters = new ArrayList<>();
    filters.add(RisLiveRequests.SESSIONS);
    filters.add(RisLiveRequests.KEEP_ALIVES);
    List<Cidr> prefixes = new ArrayList<>();
    List<Cidr> list = new ArrayList<>();
    int length = 0;
    int streams = 0;
    for (Cidr prefix : wanted) {
      int more = prefix.toString().length() + BETWEEN;
      if (length + more > MAX_LIST) {
        filters.add(RisLiveRequests.updates(list));
        streams++;
        list.clear();
        length = 0;
      }
      if (streams == MAX_UPDATE_STREAMS) {
        break;
      }
      list.add(prefix);
      prefixes.add(prefix);
      length += more;
    }
    if (!list.isEmpty()) {
      filters.add(RisLiveRequests.updates(list));
    }
    return new StreamFilters(List.copyOf(filters), List.copyOf(prefixes));
  }
}
