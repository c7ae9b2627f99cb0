package parallax.probe.service.frames;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Body;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/**
 * SSH (RFC 4253): identification, the server's KEXINIT, and where a host key is expected a key
 * exchange (RFC 8731), in which the server must sign with it.
 */
public final class SshTalk {
  private static final String OWN = "SSH-2.0-Parallax";
  private static final int MAX_LINES = 50;
  private static final int DISCONNECT = 1;
  private static final int IGNORE = 2;
  private static final int DEBUG = 4;
  private static final int KEXINIT = 20;
  private static final int EXCHANGE = 30;
  private static final int EXCHANGED = 31;
  private static final int COOKIE = 16;
  private static final int NAME_LISTS = 10;
  private static final int BLOCK = 8;
  private static final List<String> EXCHANGES =
      List.of("curve25519-sha256", "curve25519-sha256@libssh.org");

  private final SortedSet<String> algorithms;
  private final SortedSet<String> hostKeys;
  private final byte[] cookie;
  private final SshKeys keys;

  /**
   * @param algorithms expected among those offered
   * @param hostKeys fingerprints, one of which the server must prove; empty: no key is asked for
   * @param cookie 16 random bytes
   * @param keys fresh ones
   */
  public SshTalk(
      SortedSet<String> algorithms, SortedSet<String> hostKeys, byte[] cookie, SshKeys keys) {
    this.algorithms = algorithms;
    this.hostKeys = hostKeys;
    this.cookie = Arrays.copyOf(cookie, COOKIE);
    this.keys = keys;
  }

  public Move start() {
    return Move.line(OWN, this::identified);
  }

  /** Other lines may come before (RFC 4253 section 4.2). */
  private Move identified(Heard heard) throws NotYet, Unfit {
    String line = heard.line();
    for (int count = 1; !line.startsWith("SSH-") && count < MAX_LINES; count++) {
      try {
        line = heard.line();
      } catch (NotYet more) {
        if (looksForeign(line)) {
          throw Unfit.garbage(line);
        }
        throw more;
      }
    }
    if (!line.startsWith("SSH-2.0-") && !line.startsWith("SSH-1.99-")) {
      throw line.startsWith("SSH-")
          ? new Unfit(Reason.SERVICE_ERROR, Quote.of(line))
          : Unfit.garbage(line);
    }
    String server = line;
    return Move.listen(next -> offered(next, server));
  }

  /** What servers of other protocols say first, and then wait. */
  private static boolean looksForeign(String line) {
    return line.matches("(220[ -]|\\+OK|\\* OK|HTTP/).*");
  }

  private Move offered(Heard heard, String server) throws NotYet, Unfit {
    byte[] init = packet(heard, KEXINIT);
    Set<String> offered = Body.of(init, SshTalk::names);
    List<String> missing = algorithms.stream().filter(each -> !offered.contains(each)).toList();
    if (!missing.isEmpty()) {
      throw new Unfit(Reason.SERVICE_LACKS, String.join(", ", missing));
    }
    if (hostKeys.isEmpty()) {
      return new Move.Fine(Quote.of(server), new byte[0]);
    }
    if (EXCHANGES.stream().noneMatch(offered::contains)) {
      throw new Unfit(Reason.SERVICE_LACKS, EXCHANGES.getFirst() + ", to see the host key");
    }
    byte[] own = ownInit();
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(wrapped(own));
    both.writeBytes(wrapped(concat(new byte[] {EXCHANGE}, SshKeys.string(keys.ours()))));
    SshKeys.Introduced introduced = new SshKeys.Introduced(OWN, server, own, init);
    return new Move.Say(both.toByteArray(), next -> exchanged(next, introduced));
  }

  private Move exchanged(Heard heard, SshKeys.Introduced introduced) throws NotYet, Unfit {
    byte[] answer = packet(heard, EXCHANGED);
    SshKeys.Proof proof =
        Body.of(
            answer,
            body -> {
              int _ = body.octet();
              return new SshKeys.Proof(
                  body.take(body.uint32()), body.take(body.uint32()), body.take(body.uint32()));
            });
    String fingerprint = SshKeys.fingerprint(proof.hostKey());
    if (!keys.proves(introduced, proof)) {
      throw new Unfit(Reason.SERVICE_HOST_KEY, "it can't prove that it has " + fingerprint);
    }
    if (!hostKeys.contains(fingerprint)) {
      throw new Unfit(Reason.SERVICE_HOST_KEY, fingerprint);
    }
    return new Move.Fine(Quote.of(introduced.server()) + ", " + fingerprint, new byte[0]);
  }

  /** The next message that matters, whole; it must be of this kind. */
  private static byte[] packet(Heard heard, int kind) throws NotYet, Unfit {
    while (true) {
      byte[] packet = heard.take(heard.uint32());
      int padding = packet.length == 0 ? 0 : packet[0] & 0xff;
      if (packet.length < padding + 2) {
        throw Unfit.garbage(Quote.of(packet));
      }
      byte[] message = Arrays.copyOfRange(packet, 1, packet.length - padding);
      if (message[0] == kind) {
        return message;
      }
      if (message[0] == DISCONNECT) {
        throw new Unfit(Reason.SERVICE_REFUSES, Body.of(message, SshTalk::farewell));
      }
      if (message[0] != IGNORE && message[0] != DEBUG) {
        throw Unfit.garbage("message " + (message[0] & 0xff) + " of SSH");
      }
    }
  }

  private static String farewell(Heard body) throws NotYet, Unfit {
    int _ = body.octet();
    long _ = body.uint32();
    return Quote.of(body.take(body.uint32()));
  }

  private static Set<String> names(Heard body) throws NotYet, Unfit {
    int _ = body.octet();
    byte[] _ = body.take(COOKIE);
    Set<String> names = new HashSet<>();
    for (int list = 0; list < NAME_LISTS; list++) {
      String text = new String(body.take(body.uint32()), StandardCharsets.US_ASCII);
      names.addAll(Arrays.asList(text.split(",")));
    }
    return names;
  }

  private byte[] ownInit() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(KEXINIT);
    out.writeBytes(cookie);
    List<String> ciphers =
        List.of("chacha20-poly1305@openssh.com", "aes128-gcm@openssh.com", "aes128-ctr");
    List<String> macs = List.of("hmac-sha2-256-etm@openssh.com", "hmac-sha2-256");
    List<List<String>> lists =
        List.of(
            EXCHANGES,
            SshKeys.ALGORITHMS,
            ciphers,
            ciphers,
            macs,
            macs,
            List.of("none"),
            List.of("none"),
            List.of(),
            List.of());
    lists.forEach(
        list ->
            out.writeBytes(
                SshKeys.string(String.join(",", list).getBytes(StandardCharsets.US_ASCII))));
    out.writeBytes(new byte[1 + Integer.BYTES]);
    return out.toByteArray();
  }

  /** In a packet (RFC 4253 section 6). */
  private static byte[] wrapped(byte[] message) {
    int padding = BLOCK - (Integer.BYTES + 1 + message.length) % BLOCK;
    int padded = padding < 4 ? padding + BLOCK : padding;
    return ByteBuffer.allocate(Integer.BYTES + 1 + message.length + padded)
        .putInt(1 + message.length + padded)
        .put((byte) padded)
        .put(message)
        .array();
  }

  private static byte[] concat(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }
}
