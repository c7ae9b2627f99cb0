package parallax.config.check.service;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.Payload;
import parallax.config.secret.Secret;

/** What is spoken with a service, and what it must say. */
public sealed interface Protocol {

  /**
   * SMTP, IMAP or POP3: the greeting, and what the server says that it can.
   *
   * @param hello how SMTP introduces itself; empty: with an address literal
   * @param capabilities expected, in upper case
   */
  record Mail(MailKind kind, Optional<String> hello, SortedSet<String> capabilities)
      implements Protocol {
    public Mail {
      capabilities = sorted(capabilities);
    }
  }

  /** The protocols of mail. */
  enum MailKind {
    /** RFC 5321. */
    SMTP,
    /** RFC 9051. */
    IMAP,
    /** RFC 1939, with CAPA (RFC 2449). */
    POP3
  }

  /** FTP (RFC 959): the greeting, and a login where there is one. */
  record Ftp(Optional<Login> login) implements Protocol {}

  /**
   * SSH (RFC 4253): the identification, the algorithms, and the host key where one is expected.
   *
   * @param algorithms expected among those that the server offers
   * @param hostKeys one of which the server must prove that it has, as OpenSSH writes them:
   *     "SHA256:" and base64 without padding; empty: no key is asked for
   */
  record Ssh(SortedSet<String> algorithms, SortedSet<String> hostKeys) implements Protocol {
    public Ssh {
      algorithms = sorted(algorithms);
      hostKeys = sorted(hostKeys);
    }
  }

  /** XMPP (RFC 6120) of clients: the stream of this domain, and its features. */
  record Xmpp(String domain) implements Protocol {}

  /** AMQP 0-9-1: the protocol header, and the broker's Connection.Start. */
  record Amqp() implements Protocol {}

  /** MQTT 3.1.1: CONNECT and CONNACK. */
  record Mqtt(Optional<Login> login) implements Protocol {}

  /** Redis and what speaks its protocol (RESP): PING, after AUTH where there is a login. */
  record Redis(Optional<Login> login) implements Protocol {}

  /**
   * PostgreSQL (protocol 3.0): a start-up as this user, up to the question for its password.
   *
   * @param database that the start-up names; empty: "postgres", and it need not be there
   */
  record Postgres(String user, Optional<String> database) implements Protocol {}

  /** MySQL and MariaDB: the greeting, and a login as this user, which may be denied. */
  record MySql(String user) implements Protocol {}

  /** LDAP (RFC 4511): an anonymous bind. */
  record Ldap() implements Protocol {}

  /**
   * gRPC over HTTP/2: the health of a service, by grpc.health.v1, Health/Check.
   *
   * @param service asked for by its full name, at most {@link #MAX_SERVICE} characters of ASCII;
   *     empty: the server as a whole
   * @param metadata sent along
   */
  record Grpc(String service, List<Header> metadata) implements Protocol {
    /** The longest name of a service, in characters. */
    public static final int MAX_SERVICE = 120;

    public Grpc {
      metadata = List.copyOf(metadata);
      if (service.length() > MAX_SERVICE || service.chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw new IllegalArgumentException("not the name of a service of gRPC");
      }
    }
  }

  /**
   * A WebSocket (RFC 6455): the handshake, a message and its answer where there are any, the end.
   *
   * @param target path and query, starting with a slash
   * @param headers of the handshake
   * @param subprotocol that the server must agree to (RFC 6455 section 1.9)
   * @param send a message after the handshake; of bytes in hexadecimal a binary one
   * @param expect what the first message of the server must be
   */
  record WebSocket(
      String target,
      List<Header> headers,
      Optional<String> subprotocol,
      Optional<Payload> send,
      Optional<Answer> expect)
      implements Protocol {
    public WebSocket {
      headers = List.copyOf(headers);
    }
  }

  /** A field of a request's header (RFC 9110 section 5). */
  record Header(String name, Secret value) {}

  private static SortedSet<String> sorted(SortedSet<String> words) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(words));
  }
}
