package parallax.deploy.probe;

/**
 * Where to listen; port 0 takes any that is free.
 *
 * @param host without brackets
 */
record Listen(String host, int port) {
  private static final int MAX_PORT = 65_535;

  Listen {
    if (host.isEmpty() || port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("not a place to listen: " + host + ":" + port);
    }
  }

  /**
   * Reads HOST:PORT.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static Listen parse(String written) {
    int colon = written.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("no port: " + written);
    }
    String host = written.substring(0, colon).replaceAll("^\\[|]$", "");
    return new Listen(host, Integer.parseInt(written.substring(colon + 1)));
  }

  String url(int actual) {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return "http://" + shown + ":" + actual + "/metrics";
  }
}
