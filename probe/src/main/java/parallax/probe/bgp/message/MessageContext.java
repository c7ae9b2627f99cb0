package parallax.probe.bgp.message;

/**
 * What two speakers agreed on, without which their updates cannot be read.
 *
 * @param fourByteAs whether paths have numbers of four bytes (RFC 6793)
 * @param pathsIpv4 whether IPv4 prefixes have path identifiers (RFC 7911)
 * @param pathsIpv6 whether IPv6 prefixes have them
 * @param extendedMessage whether messages may have 65,535 bytes (RFC 8654)
 */
public record MessageContext(
    boolean fourByteAs, boolean pathsIpv4, boolean pathsIpv6, boolean extendedMessage) {
  /** For messages from a stored file, which does not say how long they were allowed to be. */
  public static MessageContext stored(boolean fourByteAs, boolean paths) {
    return new MessageContext(fourByteAs, paths, paths, true);
  }

  /** For what {@code from} sends {@code to}, when these were their first words. */
  public static MessageContext negotiated(BgpMessage.Open from, BgpMessage.Open to) {
    Capabilities sender = from.capabilities();
    Capabilities receiver = to.capabilities();
    return new MessageContext(
        sender.fourByteAs().isPresent() && receiver.fourByteAs().isPresent(),
        paths(sender, receiver, Family.IPV4),
        paths(sender, receiver, Family.IPV6),
        sender.extendedMessage() && receiver.extendedMessage());
  }

  private static boolean paths(Capabilities sender, Capabilities receiver, Family family) {
    return sender.sendsPaths().contains(family) && receiver.receivesPaths().contains(family);
  }

  public boolean paths(Family family) {
    return family == Family.IPV6 ? pathsIpv6 : pathsIpv4;
  }

  /** The longest message that may come, in bytes. */
  public int maxBytes() {
    return extendedMessage ? BgpMessage.MAX_EXTENDED_BYTES : BgpMessage.MAX_BYTES;
  }
}
