package parallax.config.check;

import java.util.Locale;

/** One way of looking at a target, in causal order. */
public enum CheckKind {
  /** Asks who holds the domain: RDAP, or WHOIS where there is none. */
  REGISTRATION,
  /** Asks the servers of the parent zone. */
  DELEGATION,
  /** Looks at the routes to the target and its name servers, as route collectors see them. */
  BGP,
  /** Asks the domain's own name servers. */
  DNS_AUTH,
  /** Asks a resolver, or one name server, and judges the answer. */
  DNS,
  /** Opens a TCP connection. */
  TCP,
  /** Opens a TLS connection and judges the certificate. */
  TLS,
  /** Makes an HTTP request: resolve, connect, TLS, HTTP and content, up to the first that fails. */
  HTTP,
  /** Sends ICMP echo requests. */
  ICMP,
  /** Sends a UDP datagram. */
  UDP,
  /** Asks a time server for the time. */
  NTP,
  /** Speaks the protocol of a service other than the web: mail, databases, brokers. */
  SERVICE,
  /** Makes several HTTP requests, values carried over. */
  JOURNEY,
  /** Fetches what an OpenID provider says of itself, and its keys. */
  OPENID,
  /** Fetches a page and all that it loads. */
  PAGE;

  /** The word used in YAML, JSON and metrics: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
