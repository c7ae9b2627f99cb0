package parallax.probe.bgp.message;

/** Types of messages by their number (RFC 4271 section 4.1, RFC 2918). */
public final class MessageType {
  public static final int OPEN = 1;
  public static final int UPDATE = 2;
  public static final int NOTIFICATION = 3;
  public static final int KEEPALIVE = 4;
  public static final int ROUTE_REFRESH = 5;

  private MessageType() {}
}
