package parallax.config.read.check;

import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.check.ServerAddress;
import parallax.config.read.check.ExpiryReader.Expiry;
import parallax.config.text.UrlText;

/** The {@code registration} block. */
public final class RegistrationReader {
  private static final RegistrationPolicy STANDARD = RegistrationPolicy.DEFAULT;
  private static final int MAX_STATUSES = 32;
  private static final int MAX_STATUS = 64;
  private static final String DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

  /** The port of WHOIS (RFC 3912). */
  private static final int WHOIS_PORT = 43;

  private static final Field<Boolean> WATCH =
      Field.optional(
          "watch", Kinds.choice(onOff()), "Whether the registration is looked up. Left out: on.");
  private static final Field<Expiry> EXPIRY =
      Field.optional(
          "expiry",
          ExpiryReader.expiry(new Expiry(STANDARD.expiryWarn(), STANDARD.expiryFail())),
          "How long before the registration ends it is told of. Left out: warn 45d, fail 7d.");
  private static final Field<LocalDate> EXPIRES =
      Field.optional(
          "expires",
          date(),
          "The day it ends, where the registry does not tell, as in 2027-03-31.");
  private static final Field<LocalDate> PROVISIONAL_UNTIL =
      Field.optional(
          "provisional_until",
          date(),
          "The day by which a provisional registration must become a full one.");
  private static final Field<List<String>> LOCKS =
      Field.optional(
          "locks",
          Kinds.oneOrMany(status(), MAX_STATUSES),
          "Locks that must be there, as in clientTransferProhibited.");
  private static final Field<List<String>> STATUSES =
      Field.optional(
          "statuses",
          Kinds.oneOrMany(status(), MAX_STATUSES),
          "Statuses that are as they should be, and not told of.");
  private static final Field<Expect> EXPECT =
      Field.optional(
          "expect",
          Kinds.fields(
              Shape.of("registration expect", "What a registration must be like.", LOCKS, STATUSES),
              (values, _, _) ->
                  Optional.of(
                      new Expect(
                          values.get(LOCKS).orElse(List.of()),
                          values.get(STATUSES).orElse(List.of())))),
          "What the registration must be like.");
  private static final Field<UrlText> RDAP =
      Field.optional(
          "rdap",
          UrlKinds.webUrl(),
          "Base URL of the RDAP server, instead of the one that IANA names (RFC 9224).");
  private static final Field<ServerAddress> WHOIS =
      Field.optional(
          "whois",
          UrlKinds.server(WHOIS_PORT),
          "The WHOIS server as host or host:port; without 'rdap' it alone is asked.");

  public static final Shape SHAPE =
      Shape.of(
          "registration",
          "Who holds the domain, and until when.",
          WATCH,
          EXPIRY,
          EXPIRES,
          PROVISIONAL_UNTIL,
          EXPECT,
          RDAP,
          WHOIS);

  public static final Kind<RegistrationSettings> KIND =
      Kinds.fields(SHAPE, (values, _, _) -> Optional.of(settings(values)));

  private record Expect(List<String> locks, List<String> statuses) {}

  /** What a {@code registration} block says. */
  public record RegistrationSettings(boolean watched, RegistrationPolicy policy) {
    public static final RegistrationSettings DEFAULT = new RegistrationSettings(true, STANDARD);
  }

  private RegistrationReader() {}

  private static RegistrationSettings settings(Values values) {
    Expect expect = values.get(EXPECT).orElse(new Expect(List.of(), List.of()));
    return new RegistrationSettings(
        values.get(WATCH).orElse(true),
        new RegistrationPolicy(
            values.get(EXPIRY).map(Expiry::warn).orElse(STANDARD.expiryWarn()),
            values.get(EXPIRY).map(Expiry::fail).orElse(STANDARD.expiryFail()),
            values.get(EXPIRES),
            values.get(PROVISIONAL_UNTIL),
            new TreeSet<>(expect.locks()),
            new TreeSet<>(expect.statuses()),
            values.get(RDAP).map(url -> URI.create(url.toString())),
            values.get(WHOIS)));
  }

  private static Kind<String> status() {
    return Kinds.text(
        "^[A-Za-z][A-Za-z _-]*$",
        MAX_STATUS,
        "must be a status of letters, spaces, hyphens and underscores, 1 to 64 characters");
  }

  private static Kind<LocalDate> date() {
    String must = "must be a day of the calendar, written like 2027-03-31";
    return Kinds.text(DATE, 10, must)
        .then(
            (text, node, reading) -> {
              try {
                return Optional.of(LocalDate.parse(text));
              } catch (DateTimeException notADay) {
                return reading.wrong(node, must);
              }
            });
  }

  private static Map<String, Boolean> onOff() {
    Map<String, Boolean> meanings = new LinkedHashMap<>();
    meanings.put("on", true);
    meanings.put("off", false);
    return meanings;
  }
}
