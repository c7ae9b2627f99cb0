package parallax.probe.service;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Security;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.http.Exchange;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.Unfit;
import parallax.probe.tls.TlsClient;

/** Speaks the protocol of a service other than the web as far as shows that it works. */
public final class ServiceCheck implements Check<ServiceSpec> {
  private final Exchange.Tools tools;
  private final Connector connector;
  private final TlsClient tls;
  private final Dialogues dialogues;

  public ServiceCheck(Exchange.Tools tools) {
    this.tools = tools;
    this.connector = tools.connector();
    this.tls = tools.tls();
    this.dialogues = new Dialogues(tools.userAgent());
  }

  @Override
  public Future<CheckResult> run(ServiceSpec spec, Deadline deadline) {
    return Attempt.start(connector.loops(), deadline, attempt -> new Run(attempt, spec).start())
        .result();
  }

  /** One look. */
  private final class Run {
    private final Attempt attempt;
    private final ServiceSpec spec;
    private Optional<Finding> warning = Optional.empty();

    Run(Attempt attempt, ServiceSpec spec) {
      this.attempt = attempt;
      this.spec = spec;
    }

    void start() {
      Optional<String> unsayable = Dialogues.unsayable(spec);
      if (unsayable.isPresent()) {
        attempt.failed(Reason.PROBE_NOT_CONFIGURED, unsayable.get());
      } else if (spec.protocol() instanceof Protocol.Grpc grpc) {
        tls.prepare(
            attempt,
            spec.tls(),
            trust ->
                new HealthLook(
                        tools,
                        attempt,
                        spec,
                        (seen, degraded) -> {
                          warning = degraded;
                          judge(seen);
                        })
                    .start(grpc, trust));
      } else if (spec.security() == Security.CLEAR) {
        connect(Optional.empty());
      } else {
        tls.prepare(attempt, spec.tls(), trust -> connect(Optional.of(trust)));
      }
    }

    private void connect(Optional<TlsClient.Trust> trust) {
      connector.connect(
          attempt,
          new Connector.Destination(spec.server(), spec.naming(), NetworkPolicy.Hop.CONFIGURED),
          connected -> {
            Channel channel = connected.channel();
            if (spec.security() == Security.TLS) {
              secure(channel, trust.orElseThrow(), () -> talk(channel, trust));
            } else {
              talk(channel, trust);
            }
          });
    }

    private void talk(Channel channel, Optional<TlsClient.Trust> trust) {
      InetSocketAddress own = (InetSocketAddress) channel.localAddress();
      Move first;
      try {
        first = dialogues.first(spec, own.getAddress());
      } catch (Unfit unsayable) {
        attempt.failed(unsayable.finding());
        return;
      }
      new Conversation(
              attempt,
              channel,
              then -> secure(channel, trust.orElseThrow(), then),
              done -> judge(done.seen()))
          .start(first);
    }

    private void secure(Channel channel, TlsClient.Trust trust, Runnable then) {
      Consumer<TlsClient.Session> secured =
          session -> {
            warning = session.warning();
            then.run();
          };
      tls.handshake(
          attempt,
          channel,
          new TlsClient.Terms(
              Dialogues.certified(spec), spec.tls(), trust, Dialogues.protocols(spec)),
          secured);
    }

    private void judge(String seen) {
      attempt.note(facts -> facts.withAnswers(List.of(seen)));
      Duration took = attempt.timings().total();
      Finding slow = new Finding(Reason.SERVICE_SLOW, took.toMillis() + " ms");
      if (spec.latency().fail().filter(limit -> took.compareTo(limit) > 0).isPresent()) {
        attempt.failed(slow);
        return;
      }
      Optional<Finding> warned =
          spec.latency().warn().filter(limit -> took.compareTo(limit) > 0).map(_ -> slow);
      warning.or(() -> warned).ifPresentOrElse(attempt::degraded, attempt::up);
    }
  }
}
