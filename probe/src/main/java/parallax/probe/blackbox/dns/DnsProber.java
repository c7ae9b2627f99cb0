package parallax.probe.blackbox.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.probe.blackbox.look.Dial;
import parallax.probe.blackbox.look.HostPort;
import parallax.probe.blackbox.look.Line;
import parallax.probe.blackbox.look.Prober;
import parallax.probe.blackbox.look.Samples;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.DnsModule;
import parallax.probe.blackbox.module.DnsModule.Transport;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Heard;
import parallax.probe.dns.wire.Manner;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.Departure;

/** Asks a name server one question, and judges rcode and records. */
public final class DnsProber implements Prober<DnsModule> {
  private static final int PORT = 53;
  private static final int TLS_PORT = 853;

  /** More source addresses than that are not remembered. */
  private static final int MAX_DEPARTURES = 64;

  private final Function<Departure, DnsExchange> exchanges;
  private final Map<Departure, DnsExchange> known = new ConcurrentHashMap<>();

  /**
   * @param exchanges the transport of questions that leave from there
   */
  public DnsProber(Function<Departure, DnsExchange> exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public boolean probe(DnsModule module, String target, Sight sight) throws Unseen {
    Samples samples = sight.samples();
    for (String phase : List.of("resolve", "connect", "request")) {
      phase(samples, phase, Duration.ZERO);
    }
    counts(samples, 0, 0, 0);
    succeeded(samples, false);
    HostPort place = HostPort.of(target);
    int port = place.port().orElse(module.transport() == Transport.TLS ? TLS_PORT : PORT);
    Sight.Found found = sight.resolve(place.host(), module.ip());
    phase(samples, "resolve", found.took());
    Name name =
        Question.nameOf(module.ask().name())
            .orElseThrow(() -> Sight.unseen(Reason.PROBE_NOT_CONFIGURED, "not a domain name"));
    Question question = new Question(name, module.ask().type(), module.ask().dclass());
    sight.log().info("Making DNS query", "target", target, "query", question);
    long started = sight.deadline().clock().nanos();
    InetSocketAddress server = new InetSocketAddress(found.address(), port);
    Message answer =
        module.transport() == Transport.TLS
            ? overTls(module, server, place.host(), question, sight)
            : plain(module, server, question, sight);
    if (module.transport() == Transport.TLS) {
      Duration all = Duration.ofNanos(sight.deadline().clock().nanos() - started);
      Duration connect =
          sight
              .attempt()
              .timings()
              .of(Phase.CONNECT)
              .orElse(Duration.ZERO)
              .plus(sight.attempt().timings().of(Phase.TLS).orElse(Duration.ZERO));
      phase(samples, "connect", connect);
      phase(samples, "request", all.minus(connect));
    }
    return judge(module, answer, sight);
  }

  private static void phase(Samples samples, String phase, Duration time) {
    samples.set(
        "probe_dns_duration_seconds",
        "Duration of DNS request by phase",
        "phase",
        phase,
        Sight.seconds(time));
  }

  private static void counts(Samples samples, int answer, int authority, int additional) {
    samples.set(
        "probe_dns_answer_rrs",
        "Returns number of entries in the answer resource record list",
        answer);
    samples.set(
        "probe_dns_authority_rrs",
        "Returns number of entries in the authority resource record list",
        authority);
    samples.set(
        "probe_dns_additional_rrs",
        "Returns number of entries in the additional resource record list",
        additional);
  }

  private static void succeeded(Samples samples, boolean success) {
    samples.set(
        "probe_dns_query_succeeded",
        "Displays whether or not the query was executed successfully",
        success ? 1 : 0);
  }

  private Message plain(DnsModule module, InetSocketAddress server, Question question, Sight sight)
      throws Unseen {
    Departure from = module.from().map(own -> Departure.from(List.of(own))).orElse(Departure.ANY);
    if (known.size() >= MAX_DEPARTURES) {
      known.clear();
    }
    DnsExchange exchange = known.computeIfAbsent(from, exchanges);
    boolean tcp = module.transport() == Transport.TCP;
    Manner manner =
        new Manner(
            tcp ? Manner.Transport.TCP : Manner.Transport.UDP,
            module.ask().recursion(),
            false,
            false,
            false,
            false);
    Heard heard =
        sight.await(
            done ->
                exchange
                    .ask(server, question, manner, sight.deadline())
                    .onSuccess(done::complete)
                    .onFailure(done::completeExceptionally));
    return switch (heard) {
      case Heard.Reply reply -> {
        phase(sight.samples(), "connect", reply.took().minus(reply.rtt()));
        phase(sight.samples(), "request", reply.rtt());
        yield reply.message();
      }
      case Heard.Silence silence -> {
        phase(sight.samples(), "request", silence.took());
        throw Sight.unseen(Reason.DNS_TIMEOUT, silence.detail());
      }
    };
  }

  private static Message overTls(
      DnsModule module, InetSocketAddress to, String host, Question question, Sight sight)
      throws Unseen {
    Line plain = Dial.tcp(sight, to.getAddress(), to.getPort(), module.from());
    Line.Secured secured = plain.secure(Dial.terms(sight, host, module.tls(), List.of()));
    return StreamQuestion.ask(secured.line(), question, module.ask().recursion());
  }

  private static boolean judge(DnsModule module, Message answer, Sight sight) {
    Samples samples = sight.samples();
    List<Record> answers = answer.getSection(Section.ANSWER);
    List<Record> authority = answer.getSection(Section.AUTHORITY);
    List<Record> additional = answer.getSection(Section.ADDITIONAL);
    sight.log().info("Got response", "rcode", Rcode.string(answer.getRcode()));
    counts(samples, answers.size(), authority.size(), additional.size());
    succeeded(samples, true);
    if (module.ask().type() == Type.SOA) {
      Optional<Long> serial =
          answers.stream()
              .filter(SOARecord.class::isInstance)
              .map(record -> ((SOARecord) record).getSerial())
              .reduce((_, last) -> last);
      samples.set("probe_dns_serial", "Returns the serial number of the zone", serial.orElse(0L));
    }
    if (!module.rcodes().contains(answer.getRcode())) {
      sight
          .log()
          .error("Rcode is not one of the valid rcodes", "rcode", Rcode.string(answer.getRcode()));
      return false;
    }
    return RecordJudge.judge("Answer", answers, module.sections().answer(), sight.log())
        && RecordJudge.judge("Authority", authority, module.sections().authority(), sight.log())
        && RecordJudge.judge("Additional", additional, module.sections().additional(), sight.log());
  }
}
