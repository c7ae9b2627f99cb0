package parallax.probe.service;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.service.Login;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Security;
import parallax.probe.net.AddressText;
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
import parallax.probe.service.socket.Frame;
import parallax.probe.service.socket.Handshake;
import parallax.probe.service.socket.SocketTalk;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.Unfit;

/** The dialogue of each protocol. */
final class Dialogues {
  private static final int COOKIE = 16;
  private static final int CLIENT = 6;

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final SecureRandom random = new SecureRandom();
  private final String userAgent;

  /**
   * @param userAgent how requests of HTTP introduce themselves
   */
  Dialogues(String userAgent) {
    this.userAgent = userAgent;
  }

  /**
   * How it begins.
   *
   * @param own the address spoken from
   * @throws Unfit when it cannot be said
   */
  Move first(ServiceSpec spec, InetAddress own) throws Unfit {
    Security security = spec.security();
    return switch (spec.protocol()) {
      case Protocol.Mail mail -> mail(mail, security, own);
      case Protocol.Ftp(Optional<Login> login) -> new FtpTalk(security, login).start();
      case Protocol.Ssh(SortedSet<String> algorithms, SortedSet<String> hostKeys) ->
          new SshTalk(algorithms, hostKeys, bytes(COOKIE), SshKeys.fresh()).start();
      case Protocol.Xmpp(String domain) -> new XmppTalk(security, domain).start();
      case Protocol.Amqp() -> AmqpTalk.start();
      case Protocol.Mqtt(Optional<Login> login) ->
          new MqttTalk(login, "parallax" + HexFormat.of().formatHex(bytes(CLIENT))).start();
      case Protocol.Redis(Optional<Login> login) -> new RedisTalk(login).start();
      case Protocol.Postgres(String user, Optional<String> database) ->
          new PostgresTalk(security, user, database).start();
      case Protocol.MySql(String user) -> new MySqlTalk(security, user).start();
      case Protocol.Ldap() -> new LdapTalk(security).start();
      case Protocol.WebSocket socket ->
          new SocketTalk(
                  socket,
                  new SocketTalk.Place(authority(spec), userAgent),
                  bytes(Handshake.NONCE),
                  () -> bytes(Frame.MASK))
              .start();
      case Protocol.Grpc _ ->
          throw new IllegalArgumentException("gRPC is not spoken over a bare connection");
    };
  }

  private static String authority(ServiceSpec spec) {
    String host = spec.server().host();
    String written = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    int usual = spec.security() == Security.TLS ? HTTPS : HTTP;
    int port = spec.server().port();
    return port == usual ? written : written + ":" + port;
  }

  /** What is offered by ALPN (RFC 7301): a server of HTTP may otherwise choose another version. */
  static List<String> protocols(ServiceSpec spec) {
    return spec.protocol() instanceof Protocol.WebSocket ? List.of("http/1.1") : List.of();
  }

  private static Move mail(Protocol.Mail mail, Security security, InetAddress own) {
    return switch (mail.kind()) {
      case SMTP ->
          new SmtpTalk(security, mail.hello().orElseGet(() -> literal(own)), mail.capabilities())
              .start();
      case IMAP -> new ImapTalk(security, mail.capabilities()).start();
      case POP3 -> new Pop3Talk(security, mail.capabilities()).start();
    };
  }

  /** The name that a certificate must be for, where it is not that of the host. */
  static String certified(ServiceSpec spec) {
    return spec.protocol() instanceof Protocol.Xmpp(String domain) ? domain : spec.server().host();
  }

  /** Why this cannot be said at all; a line break in a password would be another command. */
  static Optional<String> unsayable(ServiceSpec spec) {
    Optional<Login> login =
        switch (spec.protocol()) {
          case Protocol.Ftp(Optional<Login> own) -> own;
          case Protocol.Mqtt(Optional<Login> own) -> own;
          case Protocol.Redis(Optional<Login> own) -> own;
          case Protocol.Mail _,
              Protocol.Ssh _,
              Protocol.Xmpp _,
              Protocol.Amqp _,
              Protocol.Postgres _,
              Protocol.MySql _,
              Protocol.Ldap _,
              Protocol.Grpc _,
              Protocol.WebSocket _ ->
              Optional.empty();
        };
    return login
        .map(own -> own.password().reveal())
        .filter(
            word -> word.length() > MAX_PASSWORD || word.chars().anyMatch(Character::isISOControl))
        .map(_ -> "a password that is too long, or has control characters");
  }

  /** UTF-16 code units; no protocol here takes more than 65,535 bytes. */
  private static final int MAX_PASSWORD = 1_024;

  /** RFC 5321 section 4.1.3. */
  private static String literal(InetAddress own) {
    String address = AddressText.of(own);
    return own instanceof Inet6Address ? "[IPv6:" + address + "]" : "[" + address + "]";
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
