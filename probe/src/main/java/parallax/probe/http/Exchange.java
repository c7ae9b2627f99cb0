package parallax.probe.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.quic.QuicClient;
import parallax.probe.tls.TlsClient;

/**
 * One request and its answer over one fresh connection, through a proxy if need be. Every failure
 * ends the attempt.
 */
public final class Exchange {
  private static final String H2 = "h2";
  private static final String HTTP_1_1 = "http/1.1";

  /** What all exchanges of a probe share. */
  public record Tools(Connector connector, TlsClient tls, String userAgent) {}

  /**
   * How to get there.
   *
   * @param trust what the files of the TLS policy hold
   * @param leniency what is not asked of a TLS server
   * @param at connected to instead of the URL's host and port
   */
  public record Way(
      HttpSpec.Version version,
      Optional<HttpSpec.ProxyAddress> proxy,
      Naming naming,
      TlsClient.Trust trust,
      TlsClient.Leniency leniency,
      Optional<ServerAddress> at) {
    Way(
        HttpSpec.Version version,
        Optional<HttpSpec.ProxyAddress> proxy,
        Naming naming,
        TlsClient.Trust trust) {
      this(version, proxy, naming, trust, TlsClient.Leniency.NONE, Optional.empty());
    }
  }

  private final Tools tools;
  private final Attempt attempt;
  private final Way way;
  private final Outgoing request;
  private final Answer.Listener listener;

  public Exchange(
      Tools tools, Attempt attempt, Way way, Outgoing request, Answer.Listener listener) {
    this.tools = tools;
    this.attempt = attempt;
    this.way = way;
    this.request = request;
    this.listener = listener;
  }

  /**
   * Starts it.
   *
   * @param words how failures are told
   */
  public void start(UnaryOperator<Finding> words) {
    attempt.word(words);
    if (way.version() == HttpSpec.Version.HTTP_3) {
      overQuic();
    } else if (way.proxy().isPresent()) {
      throughProxy(way.proxy().get(), words);
    } else {
      tools.connector().connect(attempt, destination(), connected -> secure(connected, false));
    }
  }

  private Connector.Destination destination() {
    return new Connector.Destination(
        way.at().orElseGet(request.url()::server), way.naming(), request.hop());
  }

  private void overQuic() {
    if (!request.url().secure() || way.proxy().isPresent()) {
      attempt.failed(
          Reason.PROBE_NOT_CONFIGURED,
          request.url().secure() ? "HTTP/3 goes through no proxy" : "HTTP/3 needs https");
      return;
    }
    new QuicClient(tools.connector(), tools.tls())
        .connect(
            attempt,
            destination(),
            terms(List.of(QuicClient.H3)),
            connected -> {
              Answer.Link link =
                  new Answer.Link(
                      connected.address(),
                      false,
                      Answer.Protocol.HTTP_3,
                      connected.session().warning(),
                      Optional.of(connected.session().seen()));
              send(link, (message, reader) -> connected.line().send(message, reader));
            });
  }

  private TlsClient.Terms terms(List<String> protocols) {
    return new TlsClient.Terms(
        request.url().host(), request.tls(), way.trust(), protocols, way.leniency());
  }

  private void throughProxy(HttpSpec.ProxyAddress proxy, UnaryOperator<Finding> words) {
    boolean http2InClear = way.version() == HttpSpec.Version.HTTP_2 && !request.url().secure();
    if (http2InClear) {
      attempt.failed(Reason.PROBE_NOT_CONFIGURED, "HTTP/2 through a proxy needs https");
      return;
    }
    Optional<String> refusal =
        tools.connector().policy().refusalOfHost(request.url().host(), request.hop());
    if (refusal.isPresent()) {
      Connector.refuse(attempt, request.hop(), refusal.get());
      return;
    }
    attempt.word(finding -> words.apply(proxyFailed(proxy, finding)));
    tools
        .connector()
        .connect(
            attempt,
            new Connector.Destination(proxy.server(), way.naming(), NetworkPolicy.Hop.CONFIGURED),
            connected -> {
              if (!request.url().secure()) {
                attempt.word(words);
                secure(connected, true);
                return;
              }
              ProxyTunnel.open(
                  attempt,
                  connected.channel(),
                  way.at().orElseGet(request.url()::server).toString(),
                  proxy,
                  () -> {
                    attempt.word(words);
                    secure(connected, true);
                  });
            });
  }

  private static Finding proxyFailed(HttpSpec.ProxyAddress proxy, Finding finding) {
    if (finding.reason().isProbesOwn()) {
      return finding;
    }
    String what =
        finding.reason() == Reason.HTTP_PROXY ? finding.detail() : finding.reason().text();
    return new Finding(Reason.HTTP_PROXY, proxy.server() + ": " + what);
  }

  private void secure(Connector.Connected connected, boolean proxied) {
    Channel channel = connected.channel();
    if (!request.url().secure()) {
      boolean http2 = way.version() == HttpSpec.Version.HTTP_2;
      send(
          channel,
          new Answer.Link(
              connected.address(), proxied, spoken(http2), Optional.empty(), Optional.empty()));
      return;
    }
    tools
        .tls()
        .handshake(
            attempt,
            channel,
            terms(protocols()),
            session -> {
              boolean http2 = session.protocol().filter(H2::equals).isPresent();
              if (!http2 && way.version() == HttpSpec.Version.HTTP_2) {
                attempt.failed(Reason.TLS_HANDSHAKE, "the server does not agree to HTTP/2 (ALPN)");
                return;
              }
              send(
                  channel,
                  new Answer.Link(
                      connected.address(),
                      proxied,
                      spoken(http2),
                      session.warning(),
                      Optional.of(session.seen())));
            });
  }

  private List<String> protocols() {
    return switch (way.version()) {
      case ANY -> List.of(H2, HTTP_1_1);
      case HTTP_1_1 -> List.of(HTTP_1_1);
      case HTTP_2 -> List.of(H2);
      case HTTP_3 -> throw new IllegalStateException("HTTP/3 over TCP");
    };
  }

  private static Answer.Protocol spoken(boolean http2) {
    return http2 ? Answer.Protocol.HTTP_2 : Answer.Protocol.HTTP_1;
  }

  private void send(Channel channel, Answer.Link link) {
    send(
        link,
        (message, reader) -> {
          if (link.protocol() == Answer.Protocol.HTTP_2) {
            Wire.sendHttp2(channel, message, reader);
          } else {
            Wire.sendHttp1(channel, message, reader);
          }
        });
  }

  private void send(Answer.Link link, BiConsumer<FullHttpRequest, AnswerReader> wire) {
    attempt.reached(Layer.HTTP);
    FullHttpRequest message;
    boolean absolute = link.proxied() && !request.url().secure();
    try {
      message = Wire.message(request, absolute, tools.userAgent());
      if (absolute) {
        way.proxy().ifPresent(proxy -> Wire.authorizeAtProxy(message, proxy));
      }
    } catch (IllegalArgumentException unsendable) {
      attempt.failed(Reason.PROBE_NOT_CONFIGURED, String.valueOf(unsendable.getMessage()));
      return;
    }
    attempt.enter(Phase.FIRST_BYTE, Reason.HTTP_TIMEOUT);
    listener.sending(link);
    wire.accept(message, new AnswerReader(attempt, link, listener));
  }
}
