package parallax.config.check;

/**
 * A host and a port as written: the host is a name or an address literal (IPv6 without brackets)
 * and is not yet resolved.
 */
public record ServerAddress(String host, int port) {
  public ServerAddress {
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("not a server address: " + host + " port " + port);
    }
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
