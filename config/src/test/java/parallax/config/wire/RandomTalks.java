package parallax.config.wire;

import com.google.re2j.Pattern;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.Payload;
import parallax.config.check.service.Login;
import parallax.config.check.service.Protocol;
import parallax.config.secret.Secret;

/** What is said to services, of every kind. */
record RandomTalks(RandomGenerator random, RandomObservations some) {
  Protocol protocol() {
    return switch (random.nextInt(12)) {
      case 0 ->
          new Protocol.Mail(
              some.one(Protocol.MailKind.values()), some.maybe(() -> some.word(20)), words());
      case 1 -> new Protocol.Ftp(some.maybe(this::login));
      case 2 -> new Protocol.Ssh(words(), words());
      case 3 -> new Protocol.Xmpp(some.word(20));
      case 4 -> new Protocol.Amqp();
      case 5 -> new Protocol.Mqtt(some.maybe(this::login));
      case 6 -> new Protocol.Redis(some.maybe(this::login));
      case 7 -> new Protocol.Postgres(some.word(20), some.maybe(() -> some.word(20)));
      case 8 -> new Protocol.MySql(some.word(20));
      case 9 -> new Protocol.Grpc(some.word(20), some.list(3, this::field));
      case 10 ->
          new Protocol.WebSocket(
              "/" + some.word(9),
              some.list(3, this::field),
              some.maybe(() -> some.word(9)),
              some.maybe(this::payload),
              some.maybe(this::answer));
      default -> new Protocol.Ldap();
    };
  }

  private Protocol.Header field() {
    return new Protocol.Header(some.word(10), Secret.of("canary-" + some.text(30)));
  }

  private Login login() {
    return new Login(some.word(20), Secret.of(some.word(20)));
  }

  Payload payload() {
    return random.nextBoolean()
        ? new Payload(Secret.of(some.text(40)), false)
        : new Payload(Secret.of("00ff".repeat(random.nextInt(4))), true);
  }

  Answer answer() {
    return random.nextBoolean()
        ? new Answer.Matching(Pattern.compile("^a+" + random.nextInt(100)))
        : new Answer.Beginning("0a".repeat(random.nextInt(1, 5)));
  }

  private SortedSet<String> words() {
    return new TreeSet<>(some.list(5, () -> some.word(20)));
  }
}
