package parallax.probe.blackbox.talk;

import com.google.re2j.Matcher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.observation.Reason;
import parallax.probe.blackbox.look.Dial;
import parallax.probe.blackbox.look.HostPort;
import parallax.probe.blackbox.look.Line;
import parallax.probe.blackbox.look.Prober;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.TlsFacts;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.StreamModule;
import parallax.probe.blackbox.module.Talk;

/** Connects by TCP or to a socket of this machine, and talks as the module says. */
public final class StreamProber implements Prober<StreamModule> {
  private static final String BY_REGEX = "probe_failed_due_to_regex";
  private static final String BY_REGEX_HELP = "Indicates if probe failed due to regex";
  private static final String BY_BYTES = "probe_failed_due_to_bytes";
  private static final String BY_BYTES_HELP = "Indicates if probe failed due to bytes not matching";

  @Override
  public boolean probe(StreamModule module, String target, Sight sight) throws Unseen {
    sight.samples().set(BY_REGEX, BY_REGEX_HELP, 0);
    boolean bytes = module.talk().turns().stream().anyMatch(turn -> turn.bytes().isPresent());
    if (bytes) {
      sight.samples().set(BY_BYTES, BY_BYTES_HELP, 0);
    }
    String host = "";
    Line line;
    if (module.unix()) {
      line = Dial.local(sight, Path.of(target));
    } else {
      HostPort place =
          HostPort.withPort(target)
              .orElseThrow(
                  () ->
                      Sight.unseen(
                          Reason.PROBE_NOT_CONFIGURED,
                          "the target must be host:port; found " + target));
      host = place.host();
      line =
          Dial.tcp(
              sight,
              sight.resolve(host, module.ip()).address(),
              place.port().orElseThrow(),
              module.from());
    }
    sight.log().info("Successfully dialed");
    if (module.tls()) {
      line = secure(module, host, line, sight);
    }
    return talk(module, host, line, sight);
  }

  private static Line secure(StreamModule module, String host, Line line, Sight sight)
      throws Unseen {
    Line.Secured secured = line.secure(Dial.terms(sight, host, module.settings(), List.of()));
    TlsFacts.tell(sight.samples(), secured.seen(), false);
    sight.log().info("TLS handshake succeeded", "version", secured.seen().version());
    return secured.line();
  }

  private static boolean talk(StreamModule module, String host, Line first, Sight sight)
      throws Unseen {
    Line line = first;
    int number = 0;
    for (Talk.Turn turn : module.talk().turns()) {
      sight.log().info("Processing query response entry", "entry_number", number);
      number++;
      byte[] send = turn.send().reveal().getBytes(StandardCharsets.ISO_8859_1);
      if (turn.expect().isPresent()) {
        Optional<Heard> heard = hear(turn, line, sight);
        if (heard.isEmpty()) {
          return false;
        }
        send = heard.get().expand(turn.send().reveal());
        tellLabels(turn, heard.get(), sight);
      }
      if (turn.bytes().isPresent() && !hearBytes(turn, line, sight)) {
        return false;
      }
      if (send.length > 0) {
        sight.log().info("Sending line", "bytes", send.length);
        line.send(turn.bare() ? send : withNewLine(send));
      }
      if (turn.startTls()) {
        line = secure(module, host, line, sight);
      }
    }
    return true;
  }

  private static byte[] withNewLine(byte[] text) {
    byte[] line = Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    return line;
  }

  /** The line that matched. */
  private static final class Heard {
    private final Matcher match;
    private final byte[] line;

    Heard(Matcher match, byte[] line) {
      this.match = match;
      this.line = line;
    }

    byte[] expand(String template) {
      return Template.expand(template, match, line);
    }
  }

  private static Optional<Heard> hear(Talk.Turn turn, Line line, Sight sight) throws Unseen {
    Optional<byte[]> read = line.line();
    while (read.isPresent()) {
      sight.log().info("Read line", "line", text(read.get()));
      Matcher match = turn.expect().orElseThrow().matcher(read.get());
      if (match.find()) {
        sight.log().info("Regexp matched", "regexp", match.pattern());
        sight.samples().set(BY_REGEX, BY_REGEX_HELP, 0);
        return Optional.of(new Heard(match, read.get()));
      }
      read = line.line();
    }
    sight.samples().set(BY_REGEX, BY_REGEX_HELP, 1);
    sight.log().error("Regexp did not match", "regexp", turn.expect().orElseThrow());
    return Optional.empty();
  }

  private static boolean hearBytes(Talk.Turn turn, Line line, Sight sight) throws Unseen {
    byte[] wanted = turn.bytes().orElseThrow().reveal().getBytes(StandardCharsets.ISO_8859_1);
    boolean same = Arrays.equals(wanted, line.bytes(wanted.length));
    sight.samples().set(BY_BYTES, BY_BYTES_HELP, same ? 0 : 1);
    if (!same) {
      sight.log().error("Bytes did not match", "wanted", wanted.length);
    }
    return same;
  }

  private static void tellLabels(Talk.Turn turn, Heard heard, Sight sight) {
    if (turn.labels().isEmpty()) {
      return;
    }
    SortedMap<String, String> labels = new TreeMap<>();
    List<Talk.Label> given = new ArrayList<>(turn.labels());
    for (Talk.Label label : given) {
      labels.put(label.name(), text(heard.expand(label.value())));
    }
    sight.samples().set("probe_expect_info", "Explicit content matched", labels, 1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
