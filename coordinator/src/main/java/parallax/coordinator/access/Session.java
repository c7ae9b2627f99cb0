package parallax.coordinator.access;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import parallax.config.policy.ApiToken.Role;

/**
 * Somebody who has signed in. All of it is in a cookie that only Parallax can make, so every
 * coordinator knows it, also while the record is away.
 *
 * @param id of its own, never that of what was there before it
 * @param name by which what is done is signed
 * @param issued in whole milliseconds
 * @param seen when it was used last, in whole seconds, as far as it was written down again
 */
public record Session(String id, String name, Role role, Source by, Instant issued, Instant seen) {
  /** One that is not used for so long is over. */
  public static final Duration IDLE = Duration.ofHours(12);

  /** None lasts longer. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** It is not written down more often that it was used. */
  public static final Duration RENEWED = Duration.ofMinutes(5);

  /** Clocks of several coordinators differ by no more. */
  static final Duration SKEW = Duration.ofMinutes(1);

  private static final String PURPOSE = "session";
  private static final String VERSION = "1";
  private static final int FIELDS = 9;
  private static final String TOKEN = "token";
  private static final String PERSON = "person";

  /** By what somebody signed in. */
  public sealed interface Source {
    /** What it is called where sessions are ended. */
    String whose();

    /** Changes when what it rests on does. */
    String proof();
  }

  /** A token that is configured. */
  public record ByToken(String token, String proof) implements Source {
    @Override
    public String whose() {
      return TOKEN + ":" + token;
    }
  }

  /** What an OpenID provider said of somebody. */
  public record ByPerson(String subject, String proof) implements Source {
    @Override
    public String whose() {
      return PERSON + ":" + subject;
    }
  }

  /** When it is over, however often it is used. */
  public Instant end() {
    return issued.plus(LONGEST);
  }

  /** Whether it is neither too old nor too long unused, nor of a time to come. */
  public boolean holds(Instant now) {
    return now.isBefore(end())
        && now.isBefore(seen.plus(IDLE))
        && !issued.isAfter(now.plus(SKEW))
        && !seen.isAfter(now.plus(SKEW));
  }

  /** What it is called where it alone is ended. */
  public String own() {
    return "session:" + id;
  }

  /** Whether it is to be written down again that it is used. */
  public boolean isToBeRenewed(Instant now) {
    return now.isAfter(seen.plus(RENEWED));
  }

  /** The same, used now. */
  public Session used(Instant now) {
    return new Session(id, name, role, by, issued, Instant.ofEpochSecond(now.getEpochSecond()));
  }

  /** As it is kept in a cookie. */
  public String sealed(Seal seal) {
    String kind =
        switch (by) {
          case ByToken _ -> TOKEN;
          case ByPerson _ -> PERSON;
        };
    String of =
        switch (by) {
          case ByToken(String token, _) -> token;
          case ByPerson(String subject, _) -> subject;
        };
    return seal.sealed(
        PURPOSE,
        String.join(
            "\n",
            VERSION,
            id,
            role.name(),
            kind,
            by.proof(),
            Long.toString(issued.toEpochMilli()),
            Long.toString(seen.getEpochSecond()),
            of,
            name));
  }

  /** What a cookie holds, whether it is over or not; empty when it is not of ours. */
  public static Optional<Session> opened(Seal seal, String sealed) {
    return seal.opened(PURPOSE, sealed).flatMap(Session::read);
  }

  private static Optional<Session> read(String text) {
    List<String> fields = Arrays.asList(text.split("\n", -1));
    if (fields.size() != FIELDS || !fields.getFirst().equals(VERSION)) {
      return Optional.empty();
    }
    try {
      Source by =
          fields.get(3).equals(TOKEN)
              ? new ByToken(fields.get(7), fields.get(4))
              : new ByPerson(fields.get(7), fields.get(4));
      return Optional.of(
          new Session(
              fields.get(1),
              fields.get(8),
              Role.valueOf(fields.get(2)),
              by,
              Instant.ofEpochMilli(Long.parseLong(fields.get(5))),
              Instant.ofEpochSecond(Long.parseLong(fields.get(6)))));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
