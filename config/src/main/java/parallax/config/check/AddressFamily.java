package parallax.config.check;

/** Which addresses of a name a check may connect to. */
public enum AddressFamily {
  /** IPv4 first, IPv6 where there is no IPv4 address. */
  ANY,
  IPV4,
  IPV6
}
