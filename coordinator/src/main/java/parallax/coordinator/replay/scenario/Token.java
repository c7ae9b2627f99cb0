package parallax.coordinator.replay.scenario;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;

/**
 * What a check sees at one layer.
 *
 * @param outcome what the check found, when this layer decides
 * @param status the HTTP status, when that is what is seen: fine where the target accepts it
 * @param timeout whether the check lasts as long as it may
 */
public record Token(Layer layer, Outcome outcome, OptionalInt status, boolean timeout) {
  private static final String TIMEOUT = "timeout";
  private static final int MIN_STATUS = 100;
  private static final int MAX_STATUS = 599;

  private static final Map<Layer, Map<String, Outcome>> WORDS = new EnumMap<>(Layer.class);

  static {
    WORDS.put(
        Layer.REGISTRATION,
        words(
            entry("active", Outcome.up()),
            entry("hold_client", down(Reason.REGISTRATION_CLIENT_HOLD)),
            entry("hold_server", down(Reason.REGISTRATION_SERVER_HOLD)),
            entry("suspended", down(Reason.REGISTRATION_SUSPENDED)),
            entry("expired", down(Reason.REGISTRATION_EXPIRED)),
            entry("redemption", down(Reason.REGISTRATION_REDEMPTION)),
            entry("absent", down(Reason.REGISTRATION_ABSENT)),
            entry("no_answer", Outcome.inconclusive(Reason.REGISTRATION_NO_ANSWER, ""))));
    WORDS.put(
        Layer.DELEGATION,
        words(
            entry("present", Outcome.up()),
            entry("absent", down(Reason.DELEGATION_ABSENT)),
            entry("lame", down(Reason.DELEGATION_LAME)),
            entry("servfail", down(Reason.DELEGATION_SERVFAIL)),
            entry(TIMEOUT, down(Reason.DELEGATION_TIMEOUT)),
            entry("bogus", down(Reason.DELEGATION_BOGUS)),
            entry("changed", Outcome.degraded(Reason.DELEGATION_CHANGED, ""))));
    WORDS.put(
        Layer.DNS_AUTH,
        words(
            entry("noerror", Outcome.up()),
            entry("nxdomain", down(Reason.NAME_SERVERS_NXDOMAIN)),
            entry("servfail", down(Reason.NAME_SERVERS_SERVFAIL)),
            entry("refused", down(Reason.NAME_SERVERS_REFUSED)),
            entry(TIMEOUT, down(Reason.NAME_SERVERS_TIMEOUT)),
            entry("bogus", down(Reason.NAME_SERVERS_BOGUS)),
            entry("wrong_answer", down(Reason.NAME_SERVERS_WRONG_ANSWER)),
            entry("partial", Outcome.degraded(Reason.NAME_SERVERS_PARTIAL, ""))));
    WORDS.put(
        Layer.DNS,
        words(
            entry("noerror", Outcome.up()),
            entry("nxdomain", down(Reason.NXDOMAIN)),
            entry("servfail", down(Reason.SERVFAIL)),
            entry("refused", down(Reason.REFUSED)),
            entry(TIMEOUT, down(Reason.DNS_TIMEOUT)),
            entry("bogus", down(Reason.DNS_BOGUS)),
            entry("wrong_answer", down(Reason.DNS_WRONG_ANSWER))));
    WORDS.put(
        Layer.TCP,
        words(
            entry("ok", Outcome.up()),
            entry("refused", down(Reason.CONNECTION_REFUSED)),
            entry(TIMEOUT, down(Reason.CONNECT_TIMEOUT)),
            entry("reset", down(Reason.CONNECTION_RESET)),
            entry("unreachable", down(Reason.HOST_UNREACHABLE))));
    WORDS.put(
        Layer.TLS,
        words(
            entry("ok", Outcome.up()),
            entry("expired", down(Reason.CERTIFICATE_EXPIRED)),
            entry("not_yet_valid", down(Reason.CERTIFICATE_NOT_YET_VALID)),
            entry("untrusted", down(Reason.CERTIFICATE_UNTRUSTED_ISSUER)),
            entry("name_mismatch", down(Reason.CERTIFICATE_WRONG_NAME)),
            entry("handshake", down(Reason.TLS_HANDSHAKE)),
            entry(TIMEOUT, down(Reason.TLS_TIMEOUT))));
    WORDS.put(
        Layer.HTTP,
        words(entry(TIMEOUT, down(Reason.HTTP_TIMEOUT)), entry("reset", down(Reason.HTTP_RESET))));
    WORDS.put(
        Layer.CONTENT,
        words(entry("match", Outcome.up()), entry("mismatch", down(Reason.BODY_NO_MATCH))));
  }

  /** The layers that checks see. */
  public static List<Layer> layers() {
    return List.copyOf(WORDS.keySet());
  }

  /** What is written as {@code word} at {@code layer}; empty when there is no such token. */
  public static Optional<Token> of(Layer layer, String word) {
    Map<String, Outcome> words = WORDS.getOrDefault(layer, Map.of());
    if (words.containsKey(word)) {
      return Optional.ofNullable(words.get(word))
          .map(outcome -> new Token(layer, outcome, OptionalInt.empty(), word.equals(TIMEOUT)));
    }
    return layer == Layer.HTTP && word.matches("[0-9]{3}")
        ? status(Integer.parseInt(word))
        : Optional.empty();
  }

  /** What a check sees that waited in vain at {@code layer}. */
  public static Token timeout(Layer layer) {
    String word = layer == Layer.REGISTRATION ? "no_answer" : TIMEOUT;
    Outcome outcome = of(layer, word).orElseThrow().outcome();
    return new Token(layer, outcome, OptionalInt.empty(), true);
  }

  private static Optional<Token> status(int status) {
    return status >= MIN_STATUS && status <= MAX_STATUS
        ? Optional.of(
            new Token(
                Layer.HTTP,
                Outcome.down(Reason.HTTP_STATUS, Integer.toString(status)),
                OptionalInt.of(status),
                false))
        : Optional.empty();
  }

  /** What may be written at {@code layer}, for messages. */
  public static List<String> wordsOf(Layer layer) {
    List<String> words = new ArrayList<>(WORDS.getOrDefault(layer, Map.of()).keySet());
    if (layer == Layer.HTTP) {
      words.add("a status from " + MIN_STATUS + " to " + MAX_STATUS);
    }
    return words;
  }

  /** Whether a target that accepts these statuses is fine at this layer. */
  public boolean isFine(List<Integer> accepted) {
    return outcome instanceof Outcome.Up
        || (status.isPresent() && accepted.contains(status.getAsInt()));
  }

  private static Outcome down(Reason reason) {
    return Outcome.down(reason, "");
  }

  @SafeVarargs
  private static Map<String, Outcome> words(Map.Entry<String, Outcome>... words) {
    Map<String, Outcome> ordered = new LinkedHashMap<>();
    for (Map.Entry<String, Outcome> word : words) {
      ordered.put(word.getKey(), word.getValue());
    }
    return ordered;
  }
}
