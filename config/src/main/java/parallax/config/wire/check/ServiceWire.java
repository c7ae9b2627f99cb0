package parallax.config.wire.check;

import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.Payload;
import parallax.config.check.service.Login;
import parallax.config.check.service.Patience;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Security;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.uplink.v1.Assigned;
import parallax.uplink.v1.Assigned.Service;

/** What is asked of a service other than the web. */
final class ServiceWire {
  private static final EnumWords<Security, Service.Security> SECURITY =
      new EnumWords<>(Security.class, Service.Security.class, "SECURITY_");
  private static final EnumWords<Protocol.MailKind, Service.Mail.Kind> MAIL =
      new EnumWords<>(Protocol.MailKind.class, Service.Mail.Kind.class, "KIND_");

  private static final String NEWER_MESSAGE = "a message of a newer version";

  private ServiceWire() {}

  static Service write(ServiceSpec spec) {
    Service.Builder out =
        Service.newBuilder()
            .setServer(Parts.write(spec.server()))
            .setSecurity(SECURITY.write(spec.security()))
            .setTls(TlsWire.write(spec.tls()))
            .setNaming(Parts.write(spec.naming()))
            .setTimeoutNs(Times.nanos(spec.timeout()));
    spec.latency().warn().map(Times::nanos).ifPresent(out::setLatencyWarnNs);
    spec.latency().fail().map(Times::nanos).ifPresent(out::setLatencyFailNs);
    switch (spec.protocol()) {
      case Protocol.Mail mail -> out.setMail(write(mail));
      case Protocol.Ftp(Optional<Login> login) ->
          login
              .map(ServiceWire::write)
              .ifPresentOrElse(
                  out.getFtpBuilder()::setLogin,
                  () -> out.setFtp(Service.Ftp.getDefaultInstance()));
      case Protocol.Ssh ssh ->
          out.getSshBuilder().addAllAlgorithms(ssh.algorithms()).addAllHostKeys(ssh.hostKeys());
      case Protocol.Xmpp(String domain) -> out.getXmppBuilder().setDomain(domain);
      case Protocol.Amqp() -> out.setAmqp(Service.Amqp.getDefaultInstance());
      case Protocol.Mqtt(Optional<Login> login) ->
          login
              .map(ServiceWire::write)
              .ifPresentOrElse(
                  out.getMqttBuilder()::setLogin,
                  () -> out.setMqtt(Service.Mqtt.getDefaultInstance()));
      case Protocol.Redis(Optional<Login> login) ->
          login
              .map(ServiceWire::write)
              .ifPresentOrElse(
                  out.getRedisBuilder()::setLogin,
                  () -> out.setRedis(Service.Redis.getDefaultInstance()));
      case Protocol.Postgres(String user, Optional<String> database) -> {
        Service.Postgres.Builder postgres = out.getPostgresBuilder().setUser(user);
        database.ifPresent(postgres::setDatabase);
      }
      case Protocol.MySql(String user) -> out.getMySqlBuilder().setUser(user);
      case Protocol.Ldap() -> out.setLdap(Service.Ldap.getDefaultInstance());
      case Protocol.Grpc(String service, List<Protocol.Header> metadata) -> {
        Service.Grpc.Builder grpc = out.getGrpcBuilder().setService(service);
        metadata.forEach(field -> grpc.addMetadata(write(field)));
      }
      case Protocol.WebSocket socket -> out.setWebSocket(write(socket));
    }
    return out.build();
  }

  private static Service.Mail write(Protocol.Mail mail) {
    Service.Mail.Builder out =
        Service.Mail.newBuilder()
            .setKind(MAIL.write(mail.kind()))
            .addAllCapabilities(mail.capabilities());
    mail.hello().ifPresent(out::setHello);
    return out.build();
  }

  private static Service.WebSocket write(Protocol.WebSocket socket) {
    Service.WebSocket.Builder out = Service.WebSocket.newBuilder().setTarget(socket.target());
    socket.headers().forEach(field -> out.addHeaders(write(field)));
    socket.subprotocol().ifPresent(out::setSubprotocol);
    Service.WebSocket.NoMessage none = Service.WebSocket.NoMessage.getDefaultInstance();
    socket
        .send()
        .ifPresentOrElse(
            sent -> {
              Assigned.Secret text = Parts.write(sent.text());
              if (sent.hex()) {
                out.setHex(text);
              } else {
                out.setText(text);
              }
            },
            () -> out.setSilence(none));
    if (socket.expect().isEmpty()) {
      out.setNothing(none);
    } else {
      switch (socket.expect().get()) {
        case Answer.Matching(var pattern) -> out.setMatching(pattern.pattern());
        case Answer.Beginning(var hex) -> out.setBeginning(hex);
      }
    }
    return out.build();
  }

  private static Assigned.Http.Header write(Protocol.Header field) {
    return Assigned.Http.Header.newBuilder()
        .setName(field.name())
        .setValue(Parts.write(field.value()))
        .build();
  }

  private static Service.Login write(Login login) {
    return Service.Login.newBuilder()
        .setUser(login.user())
        .setPassword(Parts.write(login.password()))
        .build();
  }

  static ServiceSpec read(Service in) {
    return new ServiceSpec(
        Parts.read(in.getServer()),
        protocol(in),
        Bounds.known("security", SECURITY.read(in.getSecurity())),
        TlsWire.read(in.getTls()),
        new Patience(
            Parts.durationIf(in.hasLatencyWarnNs(), "latency_warn", in.getLatencyWarnNs()),
            Parts.durationIf(in.hasLatencyFailNs(), "latency_fail", in.getLatencyFailNs())),
        Parts.read(in.getNaming()),
        Times.duration("timeout", in.getTimeoutNs()));
  }

  private static Protocol protocol(Service in) {
    return switch (in.getProtocolCase()) {
      case MAIL -> mail(in.getMail());
      case FTP -> new Protocol.Ftp(login(in.getFtp().hasLogin(), in.getFtp().getLogin()));
      case SSH ->
          new Protocol.Ssh(
              Parts.sorted("algorithms", in.getSsh().getAlgorithmsList()),
              Parts.sorted("host_keys", in.getSsh().getHostKeysList()));
      case XMPP -> new Protocol.Xmpp(Parts.text("domain", in.getXmpp().getDomain()));
      case AMQP -> new Protocol.Amqp();
      case MQTT -> new Protocol.Mqtt(login(in.getMqtt().hasLogin(), in.getMqtt().getLogin()));
      case REDIS -> new Protocol.Redis(login(in.getRedis().hasLogin(), in.getRedis().getLogin()));
      case POSTGRES ->
          new Protocol.Postgres(
              Parts.text("user", in.getPostgres().getUser()),
              Parts.textIf(
                  in.getPostgres().hasDatabase(), "database", in.getPostgres().getDatabase()));
      case MY_SQL -> new Protocol.MySql(Parts.text("user", in.getMySql().getUser()));
      case LDAP -> new Protocol.Ldap();
      case GRPC ->
          new Protocol.Grpc(
              Parts.text("service", in.getGrpc().getService()),
              fields(in.getGrpc().getMetadataList()));
      case WEB_SOCKET -> socket(in.getWebSocket());
      case PROTOCOL_NOT_SET ->
          throw new WireFault(Fault.UNKNOWN_WORD, "a protocol of a newer version");
    };
  }

  private static Protocol.WebSocket socket(Service.WebSocket in) {
    Optional<Payload> send =
        switch (in.getSendCase()) {
          case SILENCE -> Optional.empty();
          case TEXT -> Optional.of(new Payload(Parts.read("send", in.getText()), false));
          case HEX -> Optional.of(new Payload(Parts.read("send", in.getHex()), true));
          case SEND_NOT_SET -> throw new WireFault(Fault.UNKNOWN_WORD, NEWER_MESSAGE);
        };
    Optional<Answer> expect =
        switch (in.getExpectCase()) {
          case NOTHING -> Optional.empty();
          case MATCHING ->
              Optional.of(new Answer.Matching(ExpectWire.pattern("expect", in.getMatching())));
          case BEGINNING ->
              Optional.of(new Answer.Beginning(Parts.text("expect", in.getBeginning())));
          case EXPECT_NOT_SET -> throw new WireFault(Fault.UNKNOWN_WORD, NEWER_MESSAGE);
        };
    return new Protocol.WebSocket(
        Parts.text("target", in.getTarget()),
        fields(in.getHeadersList()),
        Parts.textIf(in.hasSubprotocol(), "subprotocol", in.getSubprotocol()),
        send,
        expect);
  }

  private static List<Protocol.Header> fields(List<Assigned.Http.Header> in) {
    return Bounds.items("headers", in, Parts.MAX_ITEMS).stream()
        .map(
            field ->
                new Protocol.Header(
                    Parts.text("header", field.getName()), Parts.read("header", field.getValue())))
        .toList();
  }

  private static Protocol.Mail mail(Service.Mail in) {
    return new Protocol.Mail(
        Bounds.known("kind", MAIL.read(in.getKind())),
        Parts.textIf(in.hasHello(), "hello", in.getHello()),
        Parts.sorted("capabilities", in.getCapabilitiesList()));
  }

  private static Optional<Login> login(boolean set, Assigned.Service.Login in) {
    return set
        ? Optional.of(
            new Login(Parts.text("user", in.getUser()), Parts.read("password", in.getPassword())))
        : Optional.empty();
  }
}
