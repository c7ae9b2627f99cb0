package parallax.coordinator.cluster.grid;

import com.hazelcast.cluster.Member;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.observation.Printable;
import parallax.coordinator.cluster.discovery.MemberCard;

/** A member's card, as it travels with its membership. */
public final class MemberAttributes {
  private static final String NAME = "parallax.name";
  private static final String HTTP = "parallax.http";
  private static final String VERSION = "parallax.version";
  private static final String ID = "parallax.id";
  private static final int MAX_TEXT = 200;

  private MemberAttributes() {}

  static SortedMap<String, String> of(MemberCard card, long id) {
    SortedMap<String, String> attributes = new TreeMap<>();
    attributes.put(NAME, card.name());
    attributes.put(HTTP, card.http());
    attributes.put(VERSION, card.version());
    attributes.put(ID, Long.toHexString(id));
    return attributes;
  }

  /** The card of a member; texts are bounded, whatever it says. */
  public static MemberCard card(Member member) {
    return new MemberCard(text(member, NAME), text(member, HTTP), text(member, VERSION));
  }

  /** The random number of a member's start, in hexadecimal digits. */
  public static String id(Member member) {
    return text(member, ID);
  }

  private static String text(Member member, String key) {
    String value = member.getAttribute(key);
    return value == null ? "" : Printable.bounded(value, MAX_TEXT);
  }
}
