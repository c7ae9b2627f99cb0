package parallax.deploy.carry.gatus;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.config.problem.Place;
import parallax.config.text.DurationText;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Request;
import parallax.deploy.carry.draft.Sheet;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.GoText;
import parallax.probe.blackbox.read.Node;

/** Conditions of an endpoint as what we expect of a target. */
final class Conditions {
  private static final Pattern FORM =
      Pattern.compile("(.+?)\\s*(==|!=|<=|>=|<|>)\\s*(.*)", Pattern.DOTALL);
  private static final Pattern GROUPED = Pattern.compile("(any|pat)\\((.*)\\)", Pattern.DOTALL);
  private static final Pattern PLACE = Pattern.compile("\\[BODY](.*)", Pattern.DOTALL);
  private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");
  private static final Pattern STATUS_CLASS = Pattern.compile("([1-5])(?:\\*|[xX?]{2})");
  private static final int LEAST_STATUS = 100;
  private static final int MOST_STATUS = 599;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(?:\\.[0-9]{1,18})?");

  private final Draft draft;
  private final Sheet target;
  private final Request request;
  private final Optional<String> question;
  private final BitSet statuses = new BitSet();

  /** Where a status is first asked for. */
  private Optional<Place> asked = Optional.empty();

  /**
   * @param question the record type of an endpoint that asks a name server
   */
  Conditions(Draft draft, Sheet target, Request request, Optional<String> question) {
    this.draft = draft;
    this.target = target;
    this.request = request;
    this.question = question;
    statuses.set(LEAST_STATUS, MOST_STATUS + 1);
  }

  void read(List<Node.Leaf> conditions) {
    for (Node.Leaf condition : conditions) {
      Matcher form = FORM.matcher(condition.text().strip());
      boolean said =
          form.matches()
              && said(form.group(1), form.group(2), form.group(3).strip(), condition.place());
      if (!said) {
        draft.leftOut(
            target, condition.place(), "the condition " + Table.shown(condition.text().strip()));
      }
    }
    asked.ifPresent(this::writeStatuses);
  }

  private boolean said(String left, String sign, String right, Place place) {
    Matcher body = PLACE.matcher(left);
    if (body.matches()) {
      return question.isPresent()
          ? answer(body.group(1), sign, right, place)
          : body(body.group(1), sign, right, place);
    }
    return switch (left) {
      case "[STATUS]" -> status(sign, right, place);
      case "[RESPONSE_TIME]" -> latency(sign, right, place);
      case "[CONNECTED]" -> sign.equals("==") && right.equals("true");
      case "[DNS_RCODE]" -> sign.equals("==") && right.equals("NOERROR");
      case "[CERTIFICATE_EXPIRATION]" -> expiry("tls", sign, right, place);
      case "[DOMAIN_EXPIRATION]" -> expiry("registration", sign, right, place);
      default -> false;
    };
  }

  /** All conditions must hold, so what is left of all codes is what each of them leaves. */
  private boolean status(String sign, String right, Place place) {
    Matcher grouped = GROUPED.matcher(right);
    BitSet fine = new BitSet();
    if (grouped.matches() && sign.equals("==")) {
      for (String code : grouped.group(2).split(",")) {
        Matcher kind = STATUS_CLASS.matcher(code.strip());
        if (kind.matches()) {
          int first = Integer.parseInt(kind.group(1)) * 100;
          fine.set(first, first + 100);
        } else if (STATUS.matcher(code.strip()).matches()) {
          fine.set(Integer.parseInt(code.strip()));
        } else {
          return false;
        }
      }
    } else if (STATUS.matcher(right).matches()) {
      int code = Integer.parseInt(right);
      switch (sign) {
        case "==" -> fine.set(code);
        case "!=" -> fine.set(LEAST_STATUS, MOST_STATUS + 1);
        case "<" -> fine.set(LEAST_STATUS, code);
        case "<=" -> fine.set(LEAST_STATUS, code + 1);
        case ">" -> fine.set(code + 1, MOST_STATUS + 1);
        default -> fine.set(code, MOST_STATUS + 1);
      }
      fine.set(code, fine.get(code) && !sign.equals("!="));
    } else {
      return false;
    }
    fine.and(statuses);
    if (fine.isEmpty()) {
      return false;
    }
    statuses.and(fine);
    asked = Optional.of(asked.orElse(place));
    return true;
  }

  private void writeStatuses(Place place) {
    for (int first = statuses.nextSetBit(0); first >= 0; ) {
      int last = statuses.nextClearBit(first) - 1;
      request.expect(place).more("status", first == last ? "" + first : first + "-" + last, place);
      first = statuses.nextSetBit(last + 1);
    }
  }

  private boolean latency(String sign, String right, Place place) {
    boolean fine = sign.startsWith("<") && right.matches("[0-9]{1,9}");
    if (fine) {
      Duration most = Duration.ofMillis(Long.parseLong(right));
      request.expect(place).at("latency", place).text("fail", DurationText.format(most), place);
    }
    return fine;
  }

  private boolean expiry(String block, String sign, String right, Place place) {
    Optional<Duration> least =
        right.matches("[0-9]{1,15}")
            ? Optional.of(Duration.ofMillis(Long.parseLong(right)))
            : GoText.duration(right);
    if (!sign.startsWith(">") || least.isEmpty()) {
      return false;
    }
    target
        .at(block, place)
        .at("expiry", place)
        .text("fail", DurationText.format(least.get()), place);
    return true;
  }

  private boolean answer(String path, String sign, String right, Place place) {
    if (!path.isEmpty() || !sign.equals("==") || GROUPED.matcher(right).matches()) {
      return false;
    }
    target.at("dns", place).at("expect", place).more(question.orElseThrow(), right, place);
    return true;
  }

  private boolean body(String path, String sign, String right, Place place) {
    Matcher pattern = GROUPED.matcher(right);
    boolean grouped = pattern.matches();
    if (path.isEmpty() && grouped && pattern.group(1).equals("pat")) {
      String glob = pattern.group(2);
      Optional<String> inside =
          glob.matches("\\*[^*?\\[\\]]+\\*")
              ? Optional.of(glob.substring(1, glob.length() - 1))
              : Optional.empty();
      switch (sign) {
        case "==" ->
            inside.ifPresentOrElse(
                text -> request.bodyExpect(place).more("contains", text, place),
                () -> request.bodyExpect(place).more("matches", regex(glob), place));
        case "!=" ->
            request
                .bodyExpect(place)
                .more("excludes", inside.map(Request::literally).orElse(regex(glob)), place);
        default -> {
          return false;
        }
      }
      return true;
    }
    if (grouped || !sign.equals("==")) {
      return false;
    }
    if (path.isEmpty()) {
      request.bodyExpect(place).more("matches", "^" + Request.literally(right) + "$", place);
      return true;
    }
    boolean plain =
        right.equals("true")
            || right.equals("false")
            || right.equals("null")
            || NUMBER.matcher(right).matches();
    request.json("$" + path, right, plain, place);
    return true;
  }

  /** The pattern of a shell as a regular expression. */
  private static String regex(String glob) {
    StringBuilder pattern = new StringBuilder("(?s)^");
    for (int at = 0; at < glob.length(); at++) {
      char character = glob.charAt(at);
      pattern.append(
          switch (character) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Request.literally(String.valueOf(character));
          });
    }
    return pattern.append('$').toString();
  }
}
