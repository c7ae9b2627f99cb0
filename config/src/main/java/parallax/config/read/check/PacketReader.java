package parallax.config.read.check;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.EchoLimits;
import parallax.config.check.packet.Echoes;
import parallax.config.check.packet.NtpLimits;
import parallax.config.check.packet.Payload;
import parallax.config.secret.Secret;
import parallax.config.text.RegexText;
import parallax.config.yaml.Yaml;

/** The blocks {@code icmp}, {@code udp} and {@code ntp}. */
public final class PacketReader {
  private static final Duration MIN_LIMIT = Duration.ofMillis(1);
  private static final Duration MAX_LIMIT = Duration.ofMinutes(5);
  private static final Duration MAX_OFFSET = Duration.ofDays(1);
  private static final Duration MIN_INTERVAL = Duration.ofMillis(10);
  private static final Duration MAX_INTERVAL = Duration.ofMinutes(1);
  private static final int HUNDRED = 100;
  private static final int MAX_HEX = 2 * Payload.MAX_BYTES;

  private static final String HEX_MUST =
      "must be bytes in hexadecimal, two digits for each, as in 0a ff 00";

  private static final Field<Integer> LOSS_WARN =
      Field.optional("warn", percent(), "DEGRADED when so many are lost, as in 34%.");
  private static final Field<Integer> LOSS_FAIL =
      Field.optional("fail", percent(), "DOWN when so many are lost, as in 100%.");
  private static final Field<Loss> LOSS =
      Field.optional(
          "loss",
          Kinds.fields(
              Shape.of("loss", "How many requests may stay without a reply.", LOSS_WARN, LOSS_FAIL),
              PacketReader::loss),
          "How many requests may stay without a reply. Left out: warn 50%, fail 100%.");
  private static final Field<Limit> RTT =
      Field.optional(
          "rtt",
          limit("rtt", "How long the average round trip may take.", MAX_LIMIT),
          "How long the average round trip may take. Left out: any time.");
  private static final Field<Long> COUNT =
      Field.optional(
          "count",
          Kinds.wholeNumber(1, Echoes.MAX_COUNT),
          "How many requests one look sends. Left out: 3.");
  private static final Field<Duration> INTERVAL =
      Field.optional(
          "interval",
          Kinds.duration(MIN_INTERVAL, MAX_INTERVAL),
          "From one request to the next. Left out: 200ms.");
  private static final Field<Long> SIZE =
      Field.optional(
          "size",
          Kinds.wholeNumber(0, Echoes.MAX_SIZE),
          "Bytes of a request after its header. Left out: 56.");
  private static final Field<Long> TTL =
      Field.optional(
          "ttl",
          Kinds.wholeNumber(1, Echoes.MAX_TTL),
          "Hops that a request may make. Left out: as the probe's machine has it.");
  private static final Field<Boolean> DONT_FRAGMENT =
      Field.optional(
          "dont-fragment",
          Kinds.choice(BgpReader.onOff()),
          "Whether routers must not take requests apart, which shows how large packets get through:"
              + " on or off. Left out: off.");

  /** The block {@code icmp}. */
  public static final Kind<EchoSettings> ICMP =
      Kinds.fields(
          Shape.of(
              "icmp",
              "ICMP echo requests and what is expected of their replies.",
              COUNT,
              INTERVAL,
              SIZE,
              TTL,
              DONT_FRAGMENT,
              LOSS,
              RTT),
          (values, _, _) -> Optional.of(echoes(values)));

  private static final Field<String> HEX =
      Field.required(
          "hex",
          Kinds.text("^[0-9A-Fa-f ]+$", MAX_HEX * 2, HEX_MUST).then(PacketReader::digits),
          "Bytes in hexadecimal, as in 0a ff 00.");
  private static final Shape BYTES = Shape.of("bytes", "Bytes in hexadecimal.", HEX);
  private static final Field<Payload> SEND =
      Field.optional(
          "send",
          payload("a datagram has something in it"),
          "What is sent: text, which may hold ${env:NAME} and ${file:/path}, or {hex: 0a ff}. Left"
              + " out: {hex: 00}.");
  private static final Field<Answer> EXPECT =
      Field.optional(
          "expect",
          answer(),
          "What the answer must be: a regular expression of RE2 that is found in it, or {hex: 0a"
              + " ff} that it begins with. Left out: silence is fine, and DOWN is only a port that"
              + " is closed.");

  /** The block {@code udp}. */
  public static final Kind<DatagramSettings> UDP =
      Kinds.fields(
          Shape.of("udp", "A datagram and what is expected of its answer.", SEND, EXPECT),
          (values, _, _) ->
              Optional.of(
                  new DatagramSettings(
                      values.get(SEND).orElse(Payload.USUAL), values.get(EXPECT))));

  private static final Field<Limit> OFFSET =
      Field.optional(
          "offset",
          limit("offset", "How far its clock and the probe's may differ.", MAX_OFFSET),
          "How far its clock and the probe's may differ. Left out: warn 100ms, fail 1s.");
  private static final Field<Long> STRATUM =
      Field.optional(
          "stratum",
          Kinds.wholeNumber(1, NtpLimits.MAX_STRATUM),
          "The farthest that it may be from a reference clock. Left out: 15.");
  private static final Field<Duration> DISTANCE =
      Field.optional(
          "distance",
          Kinds.duration(MIN_LIMIT, MAX_LIMIT),
          "DEGRADED when its root distance (half the delay to the reference clock, and the"
              + " dispersion) is more. Left out: 1500ms.");

  /** The block {@code ntp}. */
  public static final Kind<NtpLimits> NTP =
      Kinds.fields(
          Shape.of("ntp", "What a time server must say.", OFFSET, STRATUM, DISTANCE),
          (values, _, _) -> Optional.of(clock(values)));

  private PacketReader() {}

  /** What an {@code icmp} block says. */
  public record EchoSettings(Echoes echoes, EchoLimits limits) {
    public static final EchoSettings DEFAULT = new EchoSettings(Echoes.DEFAULT, EchoLimits.DEFAULT);
  }

  /** What a {@code udp} block says. */
  public record DatagramSettings(Payload send, Optional<Answer> expect) {
    public static final DatagramSettings DEFAULT =
        new DatagramSettings(Payload.USUAL, Optional.empty());
  }

  private record Loss(int warn, int fail) {}

  private record Limit(Optional<Duration> warn, Optional<Duration> fail) {}

  private static EchoSettings echoes(Values values) {
    Echoes standard = Echoes.DEFAULT;
    EchoLimits limits = EchoLimits.DEFAULT;
    Loss loss = values.get(LOSS).orElse(new Loss(limits.lossWarn(), limits.lossFail()));
    return new EchoSettings(
        new Echoes(
            values.get(COUNT).map(Long::intValue).orElse(standard.count()),
            values.get(INTERVAL).orElse(standard.interval()),
            values.get(SIZE).map(Long::intValue).orElse(standard.size()),
            values.get(TTL).map(Long::intValue),
            values.get(DONT_FRAGMENT).orElse(standard.dontFragment())),
        new EchoLimits(
            loss.warn(),
            loss.fail(),
            values.get(RTT).flatMap(Limit::warn),
            values.get(RTT).flatMap(Limit::fail)));
  }

  private static NtpLimits clock(Values values) {
    NtpLimits standard = NtpLimits.DEFAULT;
    Optional<Limit> offset = values.get(OFFSET);
    Optional<Duration> warn = offset.flatMap(Limit::warn);
    Optional<Duration> fail = offset.flatMap(Limit::fail);
    // What is left out is as usual, or as far as the other one asks.
    return new NtpLimits(
        warn.orElseGet(
            () ->
                fail.filter(limit -> limit.compareTo(standard.offsetWarn()) < 0)
                    .orElse(standard.offsetWarn())),
        fail.orElseGet(
            () ->
                warn.filter(limit -> limit.compareTo(standard.offsetFail()) > 0)
                    .orElse(standard.offsetFail())),
        values.get(STRATUM).map(Long::intValue).orElse(standard.maxStratum()),
        values.get(DISTANCE).orElse(standard.maxDistance()));
  }

  private static Optional<Loss> loss(Values values, Yaml node, Reading reading) {
    Optional<Integer> warn = values.get(LOSS_WARN);
    int fail = values.get(LOSS_FAIL).orElse(EchoLimits.DEFAULT.lossFail());
    if (warn.isPresent() && warn.get() > fail) {
      return reading.refuse(
          values.placeOf(LOSS_WARN.key()),
          "fails earlier than it warns: 'warn' must be at most as much as 'fail'");
    }
    return Optional.of(new Loss(warn.orElse(Math.min(EchoLimits.DEFAULT.lossWarn(), fail)), fail));
  }

  private static Kind<Integer> percent() {
    String must = "must be a share from 1% to 100%, written like 20%";
    return Kinds.text("^[1-9][0-9]{0,2}%$", 4, must)
        .then(
            (text, node, reading) ->
                Optional.of(Integer.parseInt(text.substring(0, text.length() - 1)))
                    .filter(share -> share <= HUNDRED)
                    .or(() -> reading.wrong(node, must)));
  }

  private static Kind<Limit> limit(String name, String meaning, Duration max) {
    Field<Duration> warn =
        Field.optional("warn", Kinds.duration(MIN_LIMIT, max), "DEGRADED when it is more.");
    Field<Duration> fail =
        Field.optional("fail", Kinds.duration(MIN_LIMIT, max), "DOWN when it is more.");
    return Kinds.fields(
        Shape.of(name, meaning, warn, fail),
        (values, _, reading) -> {
          Limit read = new Limit(values.get(warn), values.get(fail));
          boolean ordered =
              read.warn().isEmpty()
                  || read.fail().isEmpty()
                  || read.warn().get().compareTo(read.fail().get()) <= 0;
          return ordered
              ? Optional.of(read)
              : reading.refuse(
                  values.placeOf(warn.key()),
                  "fails earlier than it warns: 'warn' must be at most as long as 'fail'");
        });
  }

  /**
   * Text or bytes to send, at most {@link Payload#MAX_BYTES} of them.
   *
   * @param notEmpty why it may not be empty, for messages
   */
  public static Kind<Payload> payload(String notEmpty) {
    Kind<SecretKinds.Expanded> text = SecretKinds.expandable(Payload.MAX_BYTES);
    return new Kind<>(
        new Form.Either(List.of(text.form(), new Form.Fields(BYTES))),
        (node, reading) ->
            node instanceof Yaml.Mapping
                ? bytes(node, reading).map(hex -> new Payload(Secret.of(hex), true))
                : text.read(node, reading).flatMap(sent -> text(sent, notEmpty, node, reading)));
  }

  private static Optional<Payload> text(
      SecretKinds.Expanded sent, String notEmpty, Yaml node, Reading reading) {
    int bytes = sent.value().reveal().getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 && sent.known()) {
      return reading.refuse(node.place(), "must not be empty: " + notEmpty);
    }
    return bytes <= Payload.MAX_BYTES
        ? Optional.of(new Payload(sent.value(), false))
        : tooLong(bytes, node, reading);
  }

  private static <T> Optional<T> tooLong(int bytes, Yaml node, Reading reading) {
    return reading.refuse(
        node.place(), "must be at most " + Payload.MAX_BYTES + " bytes; found " + bytes);
  }

  private static Optional<String> bytes(Yaml node, Reading reading) {
    return BYTES
        .read(node, reading)
        .flatMap(values -> values.get(HEX))
        .flatMap(
            hex ->
                hex.length() <= MAX_HEX
                    ? Optional.of(hex)
                    : tooLong(hex.length() / 2, node, reading));
  }

  /** Without the spaces between bytes. */
  private static Optional<String> digits(String text, Yaml node, Reading reading) {
    String digits = text.replace(" ", "").toLowerCase(Locale.ROOT);
    return digits.isEmpty() || digits.length() % 2 != 0
        ? reading.wrong(node, HEX_MUST)
        : Optional.of(digits);
  }

  /** What an answer must be: a pattern that is found in it, or bytes that it begins with. */
  public static Kind<Answer> answer() {
    Kind<Pattern> pattern =
        Kinds.text(RegexText.MAX_LENGTH)
            .then(
                (text, node, reading) ->
                    switch (RegexText.compile(text)) {
                      case RegexText.Compiled.Good(Pattern good) -> Optional.of(good);
                      case RegexText.Compiled.Bad(String why) ->
                          reading.refuse(node.place(), "can't be used: " + why);
                    });
    return new Kind<>(
        new Form.Either(List.of(pattern.form(), new Form.Fields(BYTES))),
        (node, reading) ->
            node instanceof Yaml.Mapping
                ? bytes(node, reading).map(Answer.Beginning::new)
                : pattern.read(node, reading).map(Answer.Matching::new));
  }
}
