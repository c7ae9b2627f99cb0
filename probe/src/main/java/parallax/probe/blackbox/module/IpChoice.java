package parallax.probe.blackbox.module;

/**
 * Which address of a name is probed: one of the family preferred, or of the other.
 *
 * @param six whether IPv6 is preferred
 * @param fallback whether an address of the other family will do
 */
public record IpChoice(boolean six, boolean fallback) {
  /** IPv6 where there is an address of it, else IPv4. */
  public static final IpChoice DEFAULT = new IpChoice(true, true);
}
