package parallax.probe.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.service.Protocol.MailKind;
import parallax.config.check.service.Security;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.Programs;

/** SMTP against a real Postfix, IMAP and POP3 against a real Dovecot. */
class RealMailTest {
  @TempDir private static Path folder;

  private static Optional<Services> services = Optional.empty();
  private static int smtp;
  private static int wrongSmtp;
  private static int plainSmtp;
  private static int imap;
  private static int imaps;
  private static int pop3;
  private static int pop3s;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "they change users");
    assumeTrue(Programs.find("postfix").isPresent(), "needs the postfix program");
    assumeTrue(Programs.find("dovecot").isPresent(), "needs the dovecot program");
    Services of = new Services(folder);
    services = Optional.of(of);
    startPostfix(of);
    startDovecot(of);
  }

  private static void startPostfix(Services of) throws Exception {
    smtp = Programs.freePort();
    wrongSmtp = Programs.freePort();
    plainSmtp = Programs.freePort();
    of.directory("queue");
    Files.setOwner(
        of.directory("data"),
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
    of.write(
        "conf/main.cf",
        """
        compatibility_level = 3.6
        queue_directory = %1$s/queue
        data_directory = %1$s/data
        maillog_file = %1$s/log
        maillog_file_prefixes = /
        myhostname = mail.example.org
        mydestination =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        alias_maps =
        smtpd_tls_cert_file = %1$s/good.pem
        smtpd_tls_key_file = %1$s/good.key
        smtpd_tls_security_level = may
        smtpd_relay_restrictions = reject
        """
            .formatted(folder));
    of.write(
        "conf/master.cf",
        """
        127.0.0.1:%1$d inet n - n - - smtpd
        127.0.0.1:%2$d inet n - n - - smtpd
          -o smtpd_tls_cert_file=%4$s/other.pem -o smtpd_tls_key_file=%4$s/other.key
        127.0.0.1:%3$d inet n - n - - smtpd -o smtpd_tls_security_level=none
        rewrite unix - - n - - trivial-rewrite
        tlsmgr unix - - n 1000? 1 tlsmgr
        anvil unix - - n - 1 anvil
        proxymap unix - - n - - proxymap
        postlog unix-dgram n - n - 1 postlogd
        """
            .formatted(smtp, wrongSmtp, plainSmtp, folder));
    of.start(smtp, Services.program("postfix"), "-c", of.file("conf").toString(), "start-fg");
  }

  private static void startDovecot(Services of) {
    imap = Programs.freePort();
    imaps = Programs.freePort();
    pop3 = Programs.freePort();
    pop3s = Programs.freePort();
    Path conf =
        of.write(
            "dovecot.conf",
            """
            base_dir = %1$s/run
            protocols = imap pop3
            listen = 127.0.0.1
            log_path = %1$s/dovecot.log
            ssl = yes
            ssl_cert = <%1$s/good.pem
            ssl_key = <%1$s/good.key
            mail_location = maildir:%1$s/box
            passdb {
              driver = static
              args = nopassword=y
            }
            service imap-login {
              inet_listener imap {
                port = %2$d
              }
              inet_listener imaps {
                port = %3$d
                ssl = yes
              }
            }
            service pop3-login {
              inet_listener pop3 {
                port = %4$d
              }
              inet_listener pop3s {
                port = %5$d
                ssl = yes
              }
            }
            """
                .formatted(folder, imap, imaps, pop3, pop3s));
    of.start(imap, Services.program("dovecot"), "-F", "-c", conf.toString());
  }

  @AfterAll
  static void stop() {
    services.ifPresent(Services::close);
  }

  private static CheckResult smtp(Security security, int port, String... capabilities) {
    return services.orElseThrow().look(Services.mail(MailKind.SMTP, capabilities), security, port);
  }

  private static CheckResult look(MailKind kind, Security security, int port, String... can) {
    return services.orElseThrow().look(Services.mail(kind, can), security, port);
  }

  private static String reason(CheckResult result) {
    return Services.reason(result);
  }

  @Test
  void aWorkingPostfixIsUpInClearAndThroughTls() {
    CheckResult result = smtp(Security.STARTTLS_IF_OFFERED, smtp, "SIZE", "8BITMIME");
    assertThat(reason(result)).as("%s", result).isEqualTo("UP");
    assertThat(result.facts().answers()).containsExactly("220 mail.example.org ESMTP Postfix");
    assertThat(result.facts().chain()).isPresent();
    assertThat(result.facts().tlsVersion()).contains("TLSv1.3");
    assertThat(result.timings().phases())
        .containsKeys(Phase.CONNECT, Phase.TLS, Phase.FIRST_BYTE, Phase.TRANSFER);
    CheckResult clear = smtp(Security.CLEAR, smtp);
    assertThat(reason(clear)).isEqualTo("UP");
    assertThat(clear.facts().tlsVersion()).isEmpty();
  }

  @Test
  void aPostfixThatLacksSomethingIsToldApart() {
    assertThat(reason(smtp(Security.STARTTLS_REQUIRED, plainSmtp)))
        .isEqualTo("STARTTLS_NOT_OFFERED");
    assertThat(reason(smtp(Security.STARTTLS_IF_OFFERED, plainSmtp))).isEqualTo("UP");
    CheckResult lacks = smtp(Security.STARTTLS_IF_OFFERED, smtp, "CHUNKING", "REQUIRETLS");
    assertThat(reason(lacks)).isEqualTo("SERVICE_LACKS");
    assertThat(lacks.layer()).isEqualTo(Layer.CONTENT);
    assertThat(lacks.outcome().why().orElseThrow().detail()).isEqualTo("REQUIRETLS");
  }

  @Test
  void aWrongCertificateBehindStartTlsIsOfTheLayerOfTls() {
    CheckResult result = smtp(Security.STARTTLS_IF_OFFERED, wrongSmtp);
    assertThat(reason(result)).isEqualTo("CERTIFICATE_WRONG_NAME");
    assertThat(result.layer()).isEqualTo(Layer.TLS);
    assertThat(result.facts().chain()).isPresent();
  }

  @Test
  void anotherProtocolIsGarbageAndAnEmptyPortRefuses() {
    assertThat(reason(smtp(Security.CLEAR, imap))).isEqualTo("SERVICE_GARBAGE");
    assertThat(reason(smtp(Security.TLS, smtp))).isEqualTo("TLS_HANDSHAKE");
    assertThat(reason(smtp(Security.CLEAR, Programs.freePort()))).isEqualTo("CONNECTION_REFUSED");
    assertThat(reason(look(MailKind.POP3, Security.CLEAR, imap))).isEqualTo("SERVICE_GARBAGE");
  }

  @Test
  void aWorkingDovecotIsUpByEveryWay() {
    for (CheckResult result :
        List.of(
            look(MailKind.IMAP, Security.STARTTLS_REQUIRED, imap, "IMAP4REV1", "AUTH=PLAIN"),
            look(MailKind.IMAP, Security.TLS, imaps, "IDLE"),
            look(MailKind.IMAP, Security.CLEAR, imap),
            look(MailKind.POP3, Security.STARTTLS_REQUIRED, pop3, "SASL PLAIN", "UIDL"),
            look(MailKind.POP3, Security.TLS, pop3s),
            look(MailKind.POP3, Security.CLEAR, pop3))) {
      assertThat(reason(result)).as("%s", result).isEqualTo("UP");
      assertThat(result.facts().answers().getFirst()).contains("Dov");
    }
  }

  @Test
  void aDovecotThatLacksSomethingIsToldApart() {
    assertThat(reason(look(MailKind.IMAP, Security.TLS, imaps, "X-NOTHING")))
        .isEqualTo("SERVICE_LACKS");
    assertThat(reason(look(MailKind.POP3, Security.TLS, pop3))).isEqualTo("TLS_HANDSHAKE");
  }
}
