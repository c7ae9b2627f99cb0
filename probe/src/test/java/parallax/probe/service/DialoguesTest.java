package parallax.probe.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.check.service.Login;
import parallax.config.check.service.Security;
import parallax.config.observation.Finding;
import parallax.config.secret.Secret;
import parallax.probe.service.frames.AmqpTalk;
import parallax.probe.service.frames.LdapTalk;
import parallax.probe.service.frames.MqttTalk;
import parallax.probe.service.frames.MySqlTalk;
import parallax.probe.service.frames.PostgresTalk;
import parallax.probe.service.frames.SshKeys;
import parallax.probe.service.frames.SshTalk;
import parallax.probe.service.lines.FtpTalk;
import parallax.probe.service.lines.ImapTalk;
import parallax.probe.service.lines.Pop3Talk;
import parallax.probe.service.lines.RedisTalk;
import parallax.probe.service.lines.SmtpTalk;
import parallax.probe.service.lines.XmppTalk;
import parallax.probe.service.talk.Move;

/** What dialogues make of answers, however these are cut, damaged or made up. */
class DialoguesTest {
  private static final int SEEDS = 300;
  private static final TreeSet<String> NONE = new TreeSet<>();

  /**
   * A dialogue, and what a service answers to it.
   *
   * @param text the answer, a character an octet
   * @param reason what comes of it
   */
  record Scene(String name, Supplier<Move> first, String text, String reason) {
    byte[] answers() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Scene scene(String name, Supplier<Move> first, String answers, String reason) {
    return new Scene(name, first, answers, reason);
  }

  private static Scene bytes(String name, Supplier<Move> first, String hex, String reason) {
    byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
    return new Scene(name, first, new String(octets, StandardCharsets.ISO_8859_1), reason);
  }

  private static Move smtp(Security security, String... expected) {
    return new SmtpTalk(security, "[192.0.2.1]", new TreeSet<>(List.of(expected))).start();
  }

  private static Move imap() {
    return new ImapTalk(Security.STARTTLS_IF_OFFERED, NONE).start();
  }

  private static Move pop3() {
    return new Pop3Talk(Security.STARTTLS_IF_OFFERED, NONE).start();
  }

  private static Move ftp() {
    return new FtpTalk(Security.CLEAR, Optional.empty()).start();
  }

  private static Move redis(Optional<Login> login) {
    return new RedisTalk(login).start();
  }

  private static Move xmpp() {
    return new XmppTalk(Security.STARTTLS_IF_OFFERED, "chat.test").start();
  }

  private static Move mqtt() {
    return new MqttTalk(Optional.empty(), "parallax").start();
  }

  private static Move postgres() {
    return new PostgresTalk(Security.STARTTLS_IF_OFFERED, "parallax", Optional.empty()).start();
  }

  private static Move mySql() {
    return new MySqlTalk(Security.STARTTLS_IF_OFFERED, "parallax").start();
  }

  private static Move ldap() {
    return new LdapTalk(Security.STARTTLS_IF_OFFERED).start();
  }

  private static Move ssh() {
    return new SshTalk(NONE, NONE, new byte[16], SshKeys.fresh()).start();
  }

  static Stream<Scene> scenes() {
    List<Scene> all = new ArrayList<>(lines());
    all.addAll(frames());
    return all.stream();
  }

  private static List<Scene> lines() {
    Optional<Login> login = Optional.of(new Login("", Secret.of("sesame")));
    Supplier<Move> smtp = () -> smtp(Security.STARTTLS_IF_OFFERED, "SIZE");
    return List.of(
        scene("smtp", smtp, "220-a\r\n220 b\r\n250-x\r\n250-SIZE 10\r\n250 HELP\r\n", "UP"),
        scene(
            "smtp, tls",
            smtp,
            "220 b\r\n250-x\r\n250 STARTTLS\r\n220 go\r\n250-x\r\n250 size\r\n",
            "UP"),
        scene(
            "smtp refuses tls",
            smtp,
            "220 b\r\n250-x\r\n250 STARTTLS\r\n454 no\r\n",
            "STARTTLS_REFUSED"),
        scene("smtp lacks", smtp, "220 b\r\n250-x\r\n250 SIZED\r\n", "SERVICE_LACKS"),
        scene("smtp busy", smtp, "421 too many\r\n", "SERVICE_NOT_READY"),
        scene("smtp refuses", smtp, "554 go away\r\n", "SERVICE_REFUSES"),
        scene("smtp closes", smtp, "220 b\r\n250-x\r\n", "SERVICE_CLOSED"),
        scene("smtp is a web server", smtp, "HTTP/1.1 400 Bad\r\n\r\n", "SERVICE_GARBAGE"),
        scene(
            "smtp, required",
            () -> smtp(Security.STARTTLS_REQUIRED),
            "220 b\r\n250 x\r\n",
            "STARTTLS_NOT_OFFERED"),
        scene(
            "imap",
            DialoguesTest::imap,
            "* OK hi\r\n* CAPABILITY IMAP4rev1\r\na1 OK done\r\n",
            "UP"),
        scene("imap bye", DialoguesTest::imap, "* BYE full\r\n", "SERVICE_REFUSES"),
        scene("imap bad", DialoguesTest::imap, "* OK hi\r\na1 BAD what\r\n", "SERVICE_ERROR"),
        scene(
            "imap, tls",
            DialoguesTest::imap,
            "* OK\r\n* CAPABILITY STARTTLS\r\na1 OK\r\na2 OK\r\n* CAPABILITY X\r\na3 OK\r\n",
            "UP"),
        scene("pop3", DialoguesTest::pop3, "+OK\r\n+OK\r\nUIDL\r\n.\r\n", "UP"),
        scene("pop3 of old", DialoguesTest::pop3, "+OK\r\n-ERR what\r\n", "UP"),
        scene("pop3 refuses", DialoguesTest::pop3, "-ERR no\r\n", "SERVICE_REFUSES"),
        scene(
            "pop3, tls refused",
            DialoguesTest::pop3,
            "+OK\r\n+OK\r\nSTLS\r\n.\r\n-ERR\r\n",
            "STARTTLS_REFUSED"),
        scene("ftp", DialoguesTest::ftp, "220-Hello\r\n  free text\r\n220 ready\r\n", "UP"),
        scene("ftp full", DialoguesTest::ftp, "421 too many\r\n", "SERVICE_NOT_READY"),
        scene("redis", () -> redis(Optional.empty()), "+PONG\r\n", "UP"),
        scene("redis, login", () -> redis(login), "+OK\r\n+PONG\r\n", "UP"),
        scene("redis asks", () -> redis(Optional.empty()), "-NOAUTH Authentication\r\n", "UP"),
        scene("redis asks who knows", () -> redis(login), "+OK\r\n-NOAUTH\r\n", "SERVICE_LOGIN"),
        scene("redis denies", () -> redis(login), "-WRONGPASS sesame?\r\n", "SERVICE_LOGIN"),
        scene(
            "redis loads",
            () -> redis(Optional.empty()),
            "-LOADING Redis is loading\r\n",
            "SERVICE_NOT_READY"),
        scene("redis loads, login", () -> redis(login), "-LOADING Redis\r\n", "SERVICE_NOT_READY"),
        scene(
            "redis full",
            () -> redis(Optional.empty()),
            "-ERR max number of clients reached\r\n",
            "SERVICE_FULL"),
        scene(
            "redis protected",
            () -> redis(Optional.empty()),
            "-DENIED Redis is\r\n",
            "SERVICE_REFUSES"),
        scene(
            "xmpp",
            DialoguesTest::xmpp,
            "<?xml version='1.0'?><stream:stream><stream:features><a/></stream:features>",
            "UP"),
        scene(
            "xmpp, tls",
            DialoguesTest::xmpp,
            "<stream:stream><stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
                + "</stream:features><proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
                + "<stream:stream><stream:features/>",
            "UP"),
        scene(
            "xmpp goes",
            DialoguesTest::xmpp,
            "<stream:stream><stream:error><system-shutdown xmlns="
                + "'urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>",
            "SERVICE_NOT_READY"),
        scene("xmpp is not", DialoguesTest::xmpp, "SSH-2.0-x\r\n", "SERVICE_GARBAGE"));
  }

  private static List<Scene> frames() {
    String start = "000a000a 00 09 00000000 00000005 504c41494e 00000005 656e5f5553";
    return List.of(
        bytes("amqp", AmqpTalk::start, "01 0000 0000001c " + start + " ce", "UP"),
        bytes("amqp 1.0", AmqpTalk::start, "414d5150 03 01 00 00", "SERVICE_ERROR"),
        bytes("amqp, huge", AmqpTalk::start, "01 0000 ffffffff 00", "SERVICE_TOO_LONG"),
        bytes("mqtt", DialoguesTest::mqtt, "20 02 00 00", "UP"),
        bytes("mqtt asks", DialoguesTest::mqtt, "20 02 00 05", "UP"),
        bytes("mqtt down", DialoguesTest::mqtt, "20 02 00 03", "SERVICE_NOT_READY"),
        bytes("mqtt is not", DialoguesTest::mqtt, "48 54 54 50", "SERVICE_GARBAGE"),
        bytes("postgres asks", DialoguesTest::postgres, "4e 52 00000008 0000000a", "UP"),
        bytes("postgres, tls", DialoguesTest::postgres, "53 52 00000008 00000005", "UP"),
        postgresError("postgres starts", "57P03", "SERVICE_NOT_READY"),
        postgresError("postgres is full", "53300", "SERVICE_FULL"),
        postgresError("postgres denies", "28000", "UP"),
        postgresError("postgres has no such", "3D000", "UP"),
        postgresError("postgres fails", "XX000", "SERVICE_ERROR"),
        bytes(
            "postgres, trusting",
            DialoguesTest::postgres,
            "4e 52 00000008 00000000 53 00000008 61006200 4b 0000000c 00000001 00000002"
                + " 5a 00000005 49",
            "UP"),
        bytes("mysql is full", DialoguesTest::mySql, mySqlError(0, 1_040), "SERVICE_FULL"),
        bytes("mysql blocks", DialoguesTest::mySql, mySqlError(0, 1_129), "SERVICE_REFUSES"),
        bytes("mysql denies", DialoguesTest::mySql, greeting() + mySqlError(2, 1_045), "UP"),
        bytes(
            "mysql is bad",
            DialoguesTest::mySql,
            greeting() + mySqlError(2, 1_105),
            "SERVICE_ERROR"),
        bytes(
            "ldap",
            DialoguesTest::ldap,
            "300c 020101 7807 0a0102 0400 0400 300c 020102 6107 0a0100 0400 0400",
            "UP"),
        bytes(
            "ldap unavailable",
            DialoguesTest::ldap,
            "300c 020101 7807 0a0102 0400 0400 300c 020102 6107 0a0134 0400 0400",
            "SERVICE_NOT_READY"),
        bytes("ldap, huge", DialoguesTest::ldap, "30 84 7fffffff", "SERVICE_TOO_LONG"),
        bytes(
            "ssh, huge", DialoguesTest::ssh, "5353482d322e302d780d0a 7fffffff", "SERVICE_TOO_LONG"),
        bytes("ssh of old", DialoguesTest::ssh, "5353482d312e352d780d0a", "SERVICE_ERROR"));
  }

  private static Scene postgresError(String name, String state, String reason) {
    byte[] fields = ("SFATAL\0C" + state + "\0Mwords\0\0").getBytes(StandardCharsets.US_ASCII);
    byte[] all =
        ByteBuffer.allocate(6 + fields.length)
            .put((byte) 'N')
            .put((byte) 'E')
            .putInt(4 + fields.length)
            .put(fields)
            .array();
    String text = new String(all, StandardCharsets.ISO_8859_1);
    return new Scene(name, DialoguesTest::postgres, text, reason);
  }

  private static String mySqlError(int number, int code) {
    return "0c0000 %02x ff %02x%02x 233038303034 776f64".formatted(number, code & 0xff, code >> 8);
  }

  /** Protocol 10, version "x", no TLS, with plugins. */
  private static String greeting() {
    return "240000 00 0a 7800 01000000 0102030405060708 00 ff f7 21 0200 0800 15"
        + "00000000000000000000 0000".replace(" ", "");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void isWhatItIsHoweverTheBytesAreCut(Scene scene) {
    Play whole = Play.of(scene.first().get(), List.of(scene.answers()).iterator());
    assertThat(whole.reason()).as("%s", whole).isEqualTo(scene.reason());
    for (int seed = 0; seed < SEEDS; seed++) {
      Play cut = Play.of(scene.first().get(), cut(scene.answers(), new Random(seed)).iterator());
      assertThat(cut.reason()).as("seed %d: %s", seed, cut).isEqualTo(scene.reason());
      assertThat(cut.seen()).isEqualTo(whole.seen());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void endsAndShowsLittleWhateverIsDamaged(Scene scene) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      byte[] damaged = scene.answers();
      for (int count = 0; count <= random.nextInt(4); count++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Play play = Play.of(scene.first().get(), cut(damaged, random).iterator());
      assertThat(play.failure().map(Finding::detail).orElse("").length())
          .isLessThanOrEqualTo(Finding.MAX_DETAIL);
      assertThat(play.failure().isPresent()).isNotEqualTo(play.seen().isPresent());
      assertThat(play.seen().orElse("").chars().noneMatch(Character::isISOControl)).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenes")
  void noiseIsNeverUp(Scene scene) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      byte[] noise = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(noise);
      noise[0] = 0x7f;
      Play play = Play.of(scene.first().get(), cut(noise, random).iterator());
      assertThat(play.failure()).as("seed %d", seed).isPresent();
    }
  }

  private static List<byte[]> cut(byte[] bytes, Random random) {
    List<byte[]> chunks = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int next = Math.min(bytes.length, at + 1 + random.nextInt(7));
      chunks.add(Arrays.copyOfRange(bytes, at, next));
      at = next;
    }
    return chunks;
  }

  @Test
  void aPasswordStaysWhereItIsWhenTlsIsNotOffered() {
    Optional<Login> login = Optional.of(new Login("parallax", Secret.of("sesame")));
    byte[] answers = "220 hi\r\n500 what\r\n331 word\r\n".getBytes(StandardCharsets.US_ASCII);
    Play asked =
        Play.of(
            new FtpTalk(Security.STARTTLS_IF_OFFERED, login).start(), List.of(answers).iterator());
    assertThat(asked.reason()).isEqualTo("STARTTLS_NOT_OFFERED");
    assertThat(asked.said()).isEqualTo("AUTH TLS\r\n");
  }

  @Test
  void nothingIsSaidInClearThatBelongsBehindTls() {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    answers.writeBytes(
        "220 a\r\n250-x\r\n250 STARTTLS\r\n220 go\r\n250 x\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    Play play =
        Play.of(
            smtp(Security.STARTTLS_REQUIRED), cut(answers.toByteArray(), new Random(1)).iterator());
    assertThat(play.upgrades()).isEqualTo(1);
    assertThat(play.said()).isEqualTo("EHLO [192.0.2.1]\r\nSTARTTLS\r\nEHLO [192.0.2.1]\r\n");
  }
}
