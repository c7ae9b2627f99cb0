package parallax.probe.blackbox.talk;

import com.google.re2j.Matcher;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.check.service.Protocol;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.blackbox.look.Dial;
import parallax.probe.blackbox.look.Files;
import parallax.probe.blackbox.look.Line;
import parallax.probe.blackbox.look.Prober;
import parallax.probe.blackbox.look.Samples;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.TlsFacts;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.HttpClientSettings.Header;
import parallax.probe.blackbox.module.HttpClientSettings.Login;
import parallax.probe.blackbox.module.SocketModule;
import parallax.probe.blackbox.module.Talk;
import parallax.probe.http.HttpUrl;
import parallax.probe.service.socket.Handshake;

/** Opens a WebSocket (RFC 6455) and talks over it as the module says. */
public final class SocketProber implements Prober<SocketModule> {
  private static final String REGEX = "probe_websocket_failed_due_to_regex";
  private static final String REGEX_HELP = "Indicates if probe failed due to regex";

  private final SecureRandom random = new SecureRandom();
  private final String userAgent;

  /**
   * @param userAgent how requests introduce themselves
   */
  public SocketProber(String userAgent) {
    this.userAgent = userAgent;
  }

  @Override
  public boolean probe(SocketModule module, String target, Sight sight) throws Unseen {
    Samples samples = sight.samples();
    samples.set(
        "probe_websocket_connection_upgraded",
        "Indicates if the websocket connection was successfully upgraded",
        0);
    status(samples, 0);
    if (!module.talk().turns().isEmpty()) {
      samples.set(REGEX, REGEX_HELP, 0);
    }
    for (String phase : List.of("resolve", "connect", "processing", "transfer")) {
      phase(samples, phase, Duration.ZERO);
    }
    HttpUrl url = url(target);
    Sight.Found found = sight.resolve(url.host(), module.ip());
    phase(samples, "resolve", found.took());
    Line line = connect(module, url, found.address(), sight);
    sight.attempt().timings().of(Phase.CONNECT).ifPresent(time -> phase(samples, "connect", time));
    long asked = sight.deadline().clock().nanos();
    Frames frames = new Frames(line, random);
    boolean upgraded = upgrade(module, url, frames, sight);
    long answered = sight.deadline().clock().nanos();
    phase(samples, "processing", Duration.ofNanos(answered - asked));
    if (!upgraded) {
      return false;
    }
    samples.set(
        "probe_websocket_connection_upgraded",
        "Indicates if the websocket connection was successfully upgraded",
        1);
    boolean fine = talk(module.talk(), frames, sight);
    phase(samples, "transfer", Duration.ofNanos(sight.deadline().clock().nanos() - answered));
    return fine;
  }

  private static void phase(Samples samples, String phase, Duration time) {
    samples.set(
        "probe_websocket_duration_seconds",
        "Duration of WebSocket handshake and talk by phase",
        "phase",
        phase,
        Sight.seconds(time));
  }

  private static void status(Samples samples, int status) {
    samples.set("probe_websocket_status_code", "Response HTTP status code", status);
  }

  private static HttpUrl url(String target) throws Unseen {
    String lower = target.toLowerCase(Locale.ROOT);
    String http =
        lower.startsWith("ws://") || lower.startsWith("wss://")
            ? "http" + target.substring(2)
            : target;
    try {
      Optional<HttpUrl> url = lower.startsWith("ws") ? HttpUrl.of(new URI(http)) : Optional.empty();
      return url.orElseThrow(
          () ->
              Sight.unseen(
                  Reason.PROBE_NOT_CONFIGURED, "the target must be ws://… or wss://…: " + target));
    } catch (URISyntaxException e) {
      throw Sight.unseen(Reason.PROBE_NOT_CONFIGURED, "not a URL: " + target);
    }
  }

  private static Line connect(SocketModule module, HttpUrl url, InetAddress to, Sight sight)
      throws Unseen {
    Line line = Dial.tcp(sight, to, url.port(), Optional.empty());
    if (!url.secure()) {
      return line;
    }
    Line.Secured secured =
        line.secure(Dial.terms(sight, url.host(), module.client().tls(), List.of("http/1.1")));
    TlsFacts.tell(sight.samples(), secured.seen(), false);
    return secured.line();
  }

  private boolean upgrade(SocketModule module, HttpUrl url, Frames frames, Sight sight)
      throws Unseen {
    byte[] nonce = new byte[Handshake.NONCE];
    random.nextBytes(nonce);
    String key = Handshake.key(nonce);
    List<Protocol.Header> headers = new ArrayList<>();
    for (Header header : module.client().headers()) {
      headers.add(new Protocol.Header(header.name(), Files.read(header.value())));
    }
    for (Header header : module.headers()) {
      headers.add(new Protocol.Header(header.name(), Files.read(header.value())));
    }
    login(module.client().login())
        .ifPresent(value -> headers.add(new Protocol.Header("Authorization", Secret.of(value))));
    Handshake answer =
        frames.handshake(
            new Handshake.Wanted(url.target(), url.authority(), key, userAgent, headers));
    status(sight.samples(), answer.status());
    sight.log().info("Received HTTP response", "status_code", answer.status());
    boolean fine = answer.switches() && answer.accepts(key);
    if (!fine) {
      sight.log().error("Error dialing websocket", "err", "bad handshake");
    }
    return fine;
  }

  private static Optional<String> login(Login login) throws Unseen {
    return switch (login) {
      case Login.None() -> Optional.empty();
      case Login.ByToken _ -> Optional.empty();
      case Login.Typed(String type, var credentials) ->
          Optional.of(type + " " + Files.read(credentials).reveal());
      case Login.Basic(var user, var password) -> {
        String pair = Files.read(user).reveal() + ":" + Files.read(password).reveal();
        yield Optional.of(
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      }
    };
  }

  private static boolean talk(Talk talk, Frames frames, Sight sight) throws Unseen {
    for (Talk.Turn turn : talk.turns()) {
      byte[] send = turn.send().reveal().getBytes(StandardCharsets.ISO_8859_1);
      if (turn.expect().isPresent()) {
        byte[] message = frames.message();
        sight.log().info("Read message", "bytes", message.length);
        Matcher match = turn.expect().get().matcher(message);
        if (!match.find()) {
          sight.samples().set(REGEX, REGEX_HELP, 1);
          sight.log().error("Regexp did not match", "regexp", match.pattern());
          return false;
        }
        send = Template.expand(turn.send().reveal(), match, message);
      }
      if (send.length > 0) {
        frames.sendText(send);
      }
    }
    frames.goodbye();
    return true;
  }
}
