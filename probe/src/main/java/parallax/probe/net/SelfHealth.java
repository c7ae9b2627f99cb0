package parallax.probe.net;

/** What the probe knows about its own connection: may its failures be believed? */
public interface SelfHealth {
  /** Whether this machine has any route beyond itself for IPv6 ({@code true}) or IPv4. */
  boolean hasRoute(boolean ipv6);
}
