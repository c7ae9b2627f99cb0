package parallax.probe.bgp.table;

import java.util.List;
import parallax.probe.bgp.prefix.PrefixIndex;
import parallax.probe.net.Cidr;

/** The prefixes of one family, each with a small number for as long as somebody has it. */
final class FamilyTable {
  static final int NONE = PrefixIndex.NONE;

  /** The value of each is how many columns have it. */
  private final PrefixIndex index;

  FamilyTable(boolean ipv6, int maxPrefixes) {
    this.index = new PrefixIndex(ipv6, maxPrefixes);
  }

  int size() {
    return index.size();
  }

  /** The number of a prefix that somebody has, or {@link #NONE}. */
  int find(Cidr prefix) {
    return index.find(prefix);
  }

  /** The number of this prefix, a fresh one if need be, or {@link #NONE} without room. */
  int number(Cidr prefix) {
    int found = index.find(prefix);
    return found == NONE ? index.add(prefix) : found;
  }

  /** One column more has it. */
  void held(int number) {
    index.setValue(number, index.valueOf(number) + 1);
  }

  /** One column less has it. */
  void let(int number) {
    index.setValue(number, index.valueOf(number) - 1);
    releaseIfIdle(number);
  }

  void releaseIfIdle(int number) {
    if (index.valueOf(number) == 0) {
      index.remove(number);
    }
  }

  List<Cidr> covering(Cidr prefix) {
    return index.covering(prefix);
  }

  List<Cidr> moreSpecific(Cidr prefix, int limit) {
    return index.moreSpecific(prefix, limit);
  }
}
