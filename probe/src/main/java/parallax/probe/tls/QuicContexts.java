package parallax.probe.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.probe.net.Cidr;
import parallax.probe.net.EventLoops;

/**
 * TLS contexts for QUIC, which has TLS 1.3 inside (RFC 9001). As {@link TlsContexts}, shared by all
 * targets that are offered the same protocols and are shown the same client certificate.
 */
final class QuicContexts {
  /** Contexts kept, least recently used go first. */
  static final int CAPACITY = 64;

  private record Key(List<String> protocols, Optional<ClientIdentity> identity) {}

  private final EventLoops loops;
  private final Map<Key, QuicSslContext> contexts = new LinkedHashMap<>(16, 0.75f, true);
  private volatile boolean loaded;

  QuicContexts(EventLoops loops) {
    this.loops = loops;
  }

  /** Whether there is a native library for this machine, which is loaded away from the loops. */
  Future<Boolean> available() {
    return loaded
        ? Future.succeededFuture(true)
        : loops.elsewhere(
            () -> {
              loaded = Quic.isAvailable();
              return loaded;
            });
  }

  /**
   * A client's engine for one handshake; nothing of an earlier session is resumed, and nothing sent
   * before the handshake is over.
   *
   * @param name sent as SNI unless it is an address literal (RFC 6066 section 3)
   * @param protocols offered by ALPN (RFC 7301), in order of preference
   * @throws IllegalArgumentException when the identity cannot be used
   */
  synchronized QuicSslEngine engine(
      ByteBufAllocator allocator,
      String name,
      List<String> protocols,
      Optional<ClientIdentity> identity) {
    Key key = new Key(protocols, identity);
    QuicSslContext context = contexts.get(key);
    if (context == null) {
      context = context(key);
      contexts.put(key, context);
      dropEldest();
    }
    return Cidr.literal(name).isPresent()
        ? context.newEngine(allocator)
        : context.newEngine(allocator, name, 0);
  }

  private void dropEldest() {
    if (contexts.size() > CAPACITY) {
      var eldest = contexts.entrySet().iterator();
      // Engines in use hold the context themselves.
      ReferenceCountUtil.release(eldest.next().getValue());
      eldest.remove();
    }
  }

  private static QuicSslContext context(Key key) {
    QuicSslContextBuilder builder =
        QuicSslContextBuilder.forClient()
            .trustManager(new JudgedLater())
            .endpointIdentificationAlgorithm("")
            .applicationProtocols(key.protocols().toArray(String[]::new))
            .earlyData(false)
            .sessionCacheSize(0);
    key.identity().ifPresent(identity -> identity.give(builder));
    return builder.build();
  }
}
