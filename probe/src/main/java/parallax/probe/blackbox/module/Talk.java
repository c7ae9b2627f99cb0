package parallax.probe.blackbox.module;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import parallax.config.secret.Secret;

/** What is said and heard over a connection, in turns. */
public record Talk(List<Turn> turns) {
  public static final Talk NONE = new Talk(List.of());

  public Talk {
    turns = List.copyOf(turns);
  }

  /**
   * One turn: waits, sends, goes over to TLS, each if it says so.
   *
   * @param expect a line to wait for
   * @param bytes to wait for, each character one
   * @param send what is sent, each character a byte; may refer to groups of {@code expect}
   * @param bare whether no end of line follows what is sent
   */
  public record Turn(
      Optional<Pattern> expect,
      Optional<Secret> bytes,
      List<Label> labels,
      Secret send,
      boolean bare,
      boolean startTls) {
    public Turn {
      labels = List.copyOf(labels);
    }
  }

  /** A label of probe_expect_info; the value may refer to groups of the line. */
  public record Label(String name, String value) {}
}
