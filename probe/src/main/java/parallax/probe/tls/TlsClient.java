package parallax.probe.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.Future;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import parallax.config.check.TlsPolicy;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.probe.check.NanoSource;
import parallax.probe.net.Attempt;
import parallax.probe.net.EventLoops;
import parallax.probe.tls.judge.TrustAnchors;
import parallax.probe.tls.judge.VerifiedChains;

/**
 * Puts TLS on connections and judges whom they lead to. One for all checks of a probe: contexts,
 * files and verified chains are shared.
 */
public final class TlsClient {
  private final TlsFiles files;
  private final TlsContexts contexts;
  private final QuicContexts quic;
  private final VerifiedChains chains = new VerifiedChains();
  private final InstantSource wallClock;

  /**
   * @param wallClock what certificates are judged by
   * @param clock how long files count as fresh
   */
  public TlsClient(EventLoops loops, InstantSource wallClock, NanoSource clock) {
    this(loops, wallClock, clock, TlsContexts.bestProvider());
  }

  private TlsClient(
      EventLoops loops, InstantSource wallClock, NanoSource clock, SslProvider provider) {
    this.files = new TlsFiles(loops, clock);
    this.contexts = new TlsContexts(provider);
    this.quic = new QuicContexts(loops);
    this.wallClock = wallClock;
  }

  /** With the JDK's TLS, which is slower and sees no versions before 1.2. */
  public static TlsClient ofJdk(EventLoops loops, InstantSource wallClock, NanoSource clock) {
    return new TlsClient(loops, wallClock, clock, SslProvider.JDK);
  }

  /** What the files of a policy hold. */
  public static final class Trust {
    private final TrustAnchors anchors;
    private final Optional<ClientIdentity> identity;

    private Trust(TrustAnchors anchors, Optional<ClientIdentity> identity) {
      this.anchors = anchors;
      this.identity = identity;
    }
  }

  /**
   * How to shake hands.
   *
   * @param host sent as SNI and expected in the certificate, unless the policy names another
   * @param protocols offered by ALPN, in order of preference
   * @param leniency what is not asked of the server
   */
  public record Terms(
      String host, TlsPolicy policy, Trust trust, List<String> protocols, Leniency leniency) {
    /** With every certificate judged, and all versions offered so that old ones are seen. */
    public Terms(String host, TlsPolicy policy, Trust trust, List<String> protocols) {
      this(host, policy, trust, protocols, Leniency.NONE);
    }

    String name() {
      return policy.serverName().orElse(host);
    }
  }

  /**
   * What is not asked of a server.
   *
   * @param anyCertificate whether any certificate will do
   * @param offered the versions offered
   */
  public record Leniency(boolean anyCertificate, TlsVersions offered) {
    public static final Leniency NONE = new Leniency(false, TlsVersions.ALL);
  }

  /**
   * A finished handshake with a server whose certificate is good, or need not be.
   *
   * @param protocol agreed on by ALPN
   * @param warning what makes the target degraded
   */
  public record Session(Optional<String> protocol, Optional<Finding> warning, Seen seen) {}

  /**
   * What a handshake showed.
   *
   * @param version as JSSE writes it: TLSv1.3
   * @param cipher its IANA name
   * @param chain as sent, the server's own first
   * @param trustedUntil the earliest end on the way to a trusted CA, if there is one
   */
  public record Seen(
      String version, String cipher, List<X509Certificate> chain, Optional<Instant> trustedUntil) {
    public Seen {
      chain = List.copyOf(chain);
    }
  }

  /** Reads the files that {@code policy} names, or ends the attempt when they cannot be used. */
  public void prepare(Attempt attempt, TlsPolicy policy, Consumer<Trust> next) {
    files
        .load(policy)
        .onComplete(
            loaded ->
                attempt.onLoop(
                    () -> {
                      if (loaded.failed()) {
                        attempt.broken(loaded.cause());
                        return;
                      }
                      switch (loaded.result()) {
                        case TlsFiles.Material(
                                TrustAnchors anchors,
                                Optional<ClientIdentity> identity) ->
                            next.accept(new Trust(anchors, identity));
                        case TlsFiles.Unusable(String detail) ->
                            attempt.failed(Reason.PROBE_NOT_CONFIGURED, detail);
                      }
                    }));
  }

  /**
   * Shakes hands on {@code channel} and goes on with {@code next} when the certificate is good;
   * else the attempt has ended. {@code next} runs before anything the server sent is read.
   */
  public void handshake(Attempt attempt, Channel channel, Terms terms, Consumer<Session> next) {
    attempt.reached(Layer.TLS);
    attempt.enter(Phase.TLS, Reason.TLS_TIMEOUT);
    SSLEngine engine;
    try {
      engine =
          contexts.engine(
              channel.alloc(),
              terms.name(),
              terms.protocols(),
              terms.trust().identity,
              terms.leniency().offered());
    } catch (SSLException | IllegalArgumentException unusable) {
      attempt.failed(Reason.PROBE_NOT_CONFIGURED, String.valueOf(unusable.getMessage()));
      return;
    }
    SslHandler tls = new SslHandler(engine);
    tls.setHandshakeTimeoutMillis(0);
    channel.pipeline().addLast(tls, new Outcome(attempt, terms, engine, next));
    channel.config().setAutoRead(true);
  }

  /** Waits for the end of one handshake. */
  private final class Outcome extends ChannelInboundHandlerAdapter {
    private final Attempt attempt;
    private final Terms terms;
    private final SSLEngine engine;
    private final Consumer<Session> next;

    Outcome(Attempt attempt, Terms terms, SSLEngine engine, Consumer<Session> next) {
      this.attempt = attempt;
      this.terms = terms;
      this.engine = engine;
      this.next = next;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent completion) {
        attempt
            .guarded(
                () -> {
                  if (completion.isSuccess()) {
                    attempt.leavePhase();
                    judge(attempt, terms, engine, next);
                  } else {
                    attempt.failed(TlsFailure.of(completion.cause()));
                  }
                })
            .run();
        if (!attempt.isOver()) {
          context.pipeline().remove(this);
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      attempt.guarded(() -> attempt.failed(TlsFailure.of(cause))).run();
    }
  }

  /** Whether QUIC can be spoken on this machine; never fails. */
  public Future<Boolean> speaksQuic() {
    return quic.available();
  }

  /**
   * An engine for a handshake inside QUIC, whose outcome {@link #judge} is to be told.
   *
   * @throws IllegalArgumentException when there can be none on these terms
   */
  public QuicSslEngine quicEngine(ByteBufAllocator allocator, Terms terms) {
    return quic.engine(allocator, terms.name(), terms.protocols(), terms.trust().identity);
  }

  /** Judges a handshake that is over, and goes on with {@code next} or ends the attempt. */
  public void judge(Attempt attempt, Terms terms, SSLEngine engine, Consumer<Session> next) {
    SSLSession session = engine.getSession();
    VerifiedChains.Judgement judgement =
        chains.judge(
            chain(session),
            terms.name(),
            staple(session),
            new VerifiedChains.Terms(terms.trust().anchors, terms.policy(), wallClock.instant()));
    String version = session.getProtocol();
    attempt.note(facts -> facts.withTls(version, judgement.expiry()));
    judgement.issuer().ifPresent(name -> attempt.note(facts -> facts.withIssuer(name)));
    judgement.chain().ifPresent(chain -> attempt.note(facts -> facts.withChain(chain)));
    Optional<Finding> fault =
        terms.leniency().anyCertificate()
            ? Optional.empty()
            : judgement.fault().or(() -> tooOld(version, terms.policy()));
    if (fault.isPresent()) {
      attempt.failed(fault.get());
      return;
    }
    Optional<String> protocol =
        Optional.ofNullable(engine.getApplicationProtocol()).filter(name -> !name.isEmpty());
    Optional<Instant> trusted =
        terms.leniency().anyCertificate() ? Optional.empty() : judgement.trustedUntil();
    next.accept(
        new Session(
            protocol,
            judgement.warning(),
            new Seen(version, session.getCipherSuite(), certificates(session), trusted)));
  }

  private static Optional<Finding> tooOld(String version, TlsPolicy policy) {
    return Arrays.stream(TlsPolicy.TlsVersion.values())
        .filter(known -> known.standardName().equals(version))
        .filter(known -> known.compareTo(policy.minimum()) < 0)
        .findFirst()
        .map(
            old ->
                new Finding(
                    Reason.TLS_PROTOCOL_TOO_OLD,
                    "TLS " + old.yamlName() + ", at least " + policy.minimum().yamlName()));
  }

  private static List<byte[]> chain(SSLSession session) {
    try {
      List<byte[]> chain = new ArrayList<>();
      for (Certificate certificate : session.getPeerCertificates()) {
        chain.add(certificate.getEncoded());
      }
      return chain;
    } catch (SSLPeerUnverifiedException | CertificateEncodingException none) {
      return List.of();
    }
  }

  private static List<X509Certificate> certificates(SSLSession session) {
    try {
      return Arrays.stream(session.getPeerCertificates())
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  private static Optional<byte[]> staple(SSLSession session) {
    if (!(session instanceof ExtendedSSLSession extended)) {
      return Optional.empty();
    }
    try {
      return extended.getStatusResponses().stream().filter(answer -> answer.length > 0).findFirst();
    } catch (UnsupportedOperationException notKept) {
      return Optional.empty();
    }
  }
}
