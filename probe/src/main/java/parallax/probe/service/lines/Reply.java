package parallax.probe.service.lines;

import java.util.ArrayList;
import java.util.List;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/**
 * An answer of SMTP (RFC 5321 section 4.2) or FTP (RFC 959 section 4.2).
 *
 * @param code 100 to 599
 * @param texts of its lines, without the code
 */
record Reply(int code, List<String> texts) {
  private static final int CODE = 3;
  private static final int NOT_AVAILABLE = 421;

  /** Reads one; lines between the first and the last need not have the code in FTP. */
  static Reply read(Heard heard) throws NotYet, Unfit {
    String line = heard.line();
    String code = line.length() < CODE ? "" : line.substring(0, CODE);
    if (!code.matches("[1-5][0-9]{2}")
        || !(line.length() == CODE || " -".indexOf(line.charAt(CODE)) >= 0)) {
      throw Unfit.garbage(line);
    }
    List<String> texts = new ArrayList<>();
    texts.add(text(line));
    boolean last = line.length() == CODE || line.charAt(CODE) == ' ';
    while (!last) {
      line = heard.line();
      last = line.equals(code) || line.startsWith(code + " ");
      texts.add(last || line.startsWith(code + "-") ? text(line) : line);
    }
    return new Reply(Integer.parseInt(code), List.copyOf(texts));
  }

  private static String text(String line) {
    return line.length() <= CODE ? "" : line.substring(CODE + 1);
  }

  boolean fine() {
    return code / 100 == 2;
  }

  /** As it came, of several lines the first. */
  String shown() {
    return Quote.of(code + " " + texts.getFirst());
  }

  /** That the service does not greet as one that works. */
  Unfit refusal() {
    boolean later = code == NOT_AVAILABLE || code / 100 == 4 || code / 100 == 1;
    return new Unfit(later ? Reason.SERVICE_NOT_READY : Reason.SERVICE_REFUSES, shown());
  }

  Unfit error() {
    return new Unfit(Reason.SERVICE_ERROR, shown());
  }
}
