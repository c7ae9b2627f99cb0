package parallax.coordinator.uplink.socket;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * How many may come in, in all and from one address; of IPv6 addresses the first 64 bits count, for
 * the rest is the visitor's to choose. Thread-safe.
 */
public final class Door {
  private static final int NETWORK_BYTES = 8;
  private static final double NANOS = 1e9;

  private final Limits limits;
  private final Map<String, Visitor> visitors = new HashMap<>();
  private int inside;

  /** Of one address. */
  private static final class Visitor {
    private int sockets;
    private double handshakes;
    private long at;

    Visitor(double handshakes, long at) {
      this.handshakes = handshakes;
      this.at = at;
    }
  }

  /**
   * How many may come in.
   *
   * @param sockets open at once
   * @param perAddress of one address
   * @param handshakesPerSecond of one address; as many may come at once
   */
  public record Limits(int sockets, int perAddress, int handshakesPerSecond) {}

  public Door(Limits limits) {
    this.limits = limits;
  }

  /** Whether one more socket may be opened; if so, {@link #leave} follows. */
  public synchronized boolean enter(String address, long nanos) {
    if (inside >= limits.sockets()) {
      return false;
    }
    forget(nanos);
    Visitor visitor =
        visitors.computeIfAbsent(
            network(address), _ -> new Visitor(limits.handshakesPerSecond(), nanos));
    if (visitor.sockets >= limits.perAddress()) {
      return false;
    }
    inside++;
    visitor.sockets++;
    return true;
  }

  /** A socket of that address was closed. */
  public synchronized void leave(String address, long nanos) {
    Visitor visitor = visitors.get(network(address));
    if (visitor != null) {
      inside--;
      visitor.sockets--;
    }
  }

  /** Whether somebody inside may ask for a stream. */
  public synchronized boolean mayShakeHands(String address, long nanos) {
    Visitor visitor = visitors.get(network(address));
    if (visitor == null) {
      return false;
    }
    refill(visitor, nanos);
    boolean may = visitor.handshakes >= 1;
    visitor.handshakes -= may ? 1 : 0;
    return may;
  }

  private void refill(Visitor visitor, long nanos) {
    double back = (nanos - visitor.at) / NANOS * limits.handshakesPerSecond();
    visitor.handshakes = Math.min(limits.handshakesPerSecond(), visitor.handshakes + back);
    visitor.at = nanos;
  }

  /** Who has no socket and shook no hands lately need not be remembered. */
  private void forget(long nanos) {
    if (visitors.size() > limits.sockets()) {
      visitors
          .values()
          .removeIf(
              visitor -> {
                refill(visitor, nanos);
                return visitor.sockets == 0 && visitor.handshakes >= limits.handshakesPerSecond();
              });
    }
  }

  /** Addresses that something is known of. */
  synchronized int remembered() {
    return visitors.size();
  }

  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length > NETWORK_BYTES
          ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
          : address;
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
