package parallax.config.observation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a check did not simply succeed: one closed taxonomy. Every reason belongs to the layer that
 * it speaks about, or to no layer when it is the probe's own trouble and says nothing about the
 * target.
 *
 * <p>{@link #name()} is the stable code for machines, {@link #text()} the words for people; both
 * are part of the interface and never change their meaning.
 */
public enum Reason {
  // Registration: who holds the domain, as the registry says (EPP status codes, RFC 5731).
  REGISTRATION_CLIENT_HOLD(Layer.REGISTRATION, "on hold by the registrar"),
  REGISTRATION_SERVER_HOLD(Layer.REGISTRATION, "on hold by the registry"),
  REGISTRATION_SUSPENDED(Layer.REGISTRATION, "suspended by the registry"),
  REGISTRATION_EXPIRED(Layer.REGISTRATION, "registration expired"),
  REGISTRATION_REDEMPTION(Layer.REGISTRATION, "in redemption after it expired"),
  REGISTRATION_ABSENT(Layer.REGISTRATION, "not registered"),
  REGISTRATION_PENDING_DELETE(Layer.REGISTRATION, "about to be deleted"),
  REGISTRATION_NOT_DELEGATED(Layer.REGISTRATION, "registered without name servers"),
  REGISTRATION_RENEWAL_UNPAID(Layer.REGISTRATION, "renewed by the registry, not by the registrar"),
  REGISTRATION_EXPIRES_SOON(Layer.REGISTRATION, "registration expires soon"),
  REGISTRATION_TO_BE_SUSPENDED(Layer.REGISTRATION, "cancelled, and soon to be suspended"),
  REGISTRATION_PROVISIONAL_DUE(Layer.REGISTRATION, "provisional registration ends"),
  REGISTRATION_STATUS_CHANGED(Layer.REGISTRATION, "registration changed its state"),
  REGISTRATION_SERVERS_CHANGED(Layer.REGISTRATION, "registered name servers changed"),
  REGISTRATION_REGISTRAR_CHANGED(Layer.REGISTRATION, "registrar changed"),
  REGISTRATION_LOCK_MISSING(Layer.REGISTRATION, "registration lock is gone"),
  REGISTRATION_UNKNOWN_STATE(Layer.REGISTRATION, "registration in a state nobody knows"),
  REGISTRATION_EXPIRY_NOT_PUBLISHED(Layer.REGISTRATION, "registry does not tell the expiry"),

  // Delegation: what the servers of the parent zone say.
  DELEGATION_ABSENT(Layer.DELEGATION, "no delegation in the parent zone"),
  DELEGATION_LAME(Layer.DELEGATION, "delegated to servers that do not serve it"),
  DELEGATION_SERVFAIL(Layer.DELEGATION, "parent zone's servers answer SERVFAIL"),
  DELEGATION_TIMEOUT(Layer.DELEGATION, "parent zone's servers do not answer"),
  DELEGATION_BOGUS(Layer.DELEGATION, "delegation fails DNSSEC validation"),
  DELEGATION_CHANGED(Layer.DELEGATION, "parent zone names other servers"),
  DELEGATION_PARTIAL(Layer.DELEGATION, "only some of the parent zone's servers delegate it"),
  DELEGATION_DS_CHANGED(Layer.DELEGATION, "parent zone has other DS records"),
  DELEGATION_GLUE_MISSING(Layer.DELEGATION, "parent zone lacks the servers' addresses"),
  DELEGATION_GLUE_MISMATCH(Layer.DELEGATION, "parent zone has other addresses of the servers"),
  DELEGATION_NS_MISMATCH(Layer.DELEGATION, "parent zone and zone name different servers"),
  DELEGATION_HOST_UNRESOLVED(Layer.DELEGATION, "servers' names have no address"),
  DELEGATION_PARENT_LAME(Layer.DELEGATION, "parent zone's servers do not serve it"),
  DELEGATION_PARENT_UNREACHABLE(Layer.DELEGATION, "parent zone's servers cannot be reached"),

  // BGP: routes to the servers.
  ROUTE_WITHDRAWN(Layer.BGP, "routes withdrawn"),
  ROUTE_FOREIGN_ORIGIN(Layer.BGP, "announced by a foreign network"),
  ROUTE_PARTIAL(Layer.BGP, "routes seen by some only"),
  ROUTE_INVALID(Layer.BGP, "routes not allowed by the RPKI"),
  ROUTE_NEW_NEIGHBOUR(Layer.BGP, "announced through a new neighbour"),

  // DNS_AUTH: what the domain's own name servers say.
  NAME_SERVERS_NXDOMAIN(Layer.DNS_AUTH, "name servers answer NXDOMAIN"),
  NAME_SERVERS_SERVFAIL(Layer.DNS_AUTH, "name servers answer SERVFAIL"),
  NAME_SERVERS_REFUSED(Layer.DNS_AUTH, "name servers refuse"),
  NAME_SERVERS_TIMEOUT(Layer.DNS_AUTH, "name servers do not answer"),
  NAME_SERVERS_BOGUS(Layer.DNS_AUTH, "name servers' answers fail DNSSEC validation"),
  NAME_SERVERS_WRONG_ANSWER(Layer.DNS_AUTH, "name servers give a wrong answer"),
  NAME_SERVERS_PARTIAL(Layer.DNS_AUTH, "some name servers do not answer"),
  NAME_SERVERS_NODATA(Layer.DNS_AUTH, "name servers have no such record"),
  NAME_SERVERS_RCODE(Layer.DNS_AUTH, "name servers answer an unexpected rcode"),
  NAME_SERVERS_NOT_AUTHORITATIVE(Layer.DNS_AUTH, "name servers answer without authority"),
  NAME_SERVERS_UPWARD(Layer.DNS_AUTH, "name servers refer upwards"),
  NAME_SERVERS_UDP_TIMEOUT(Layer.DNS_AUTH, "name servers answer over TCP, not over UDP"),
  NAME_SERVERS_TCP_TIMEOUT(Layer.DNS_AUTH, "name servers answer over UDP, not over TCP"),
  NAME_SERVERS_PORT_UNREACHABLE(Layer.DNS_AUTH, "name servers' port unreachable"),
  NAME_SERVERS_TCP_REFUSED(Layer.DNS_AUTH, "name servers refuse TCP connections"),
  NAME_SERVERS_TCP_RESET(Layer.DNS_AUTH, "name servers close TCP connections unanswered"),
  NAME_SERVERS_UNREACHABLE(Layer.DNS_AUTH, "name servers' hosts unreachable"),
  NAME_SERVERS_NO_EDNS(Layer.DNS_AUTH, "name servers do not understand EDNS"),
  NAME_SERVERS_TRUNCATED_NO_TCP(Layer.DNS_AUTH, "truncated answers and no TCP"),
  NAME_SERVERS_GARBAGE(Layer.DNS_AUTH, "name servers' answers are forged or garbage"),
  NAME_SERVERS_CNAME_LOOP(Layer.DNS_AUTH, "name servers give a CNAME loop"),
  NAME_SERVERS_SERIAL_LAG(Layer.DNS_AUTH, "some name servers have an old version of the zone"),
  NAME_SERVERS_SIGNATURE_EXPIRES_SOON(Layer.DNS_AUTH, "a DNSSEC signature expires soon"),

  // DNS: what the resolver, or the name server that is the target, said.
  NXDOMAIN(Layer.DNS, "NXDOMAIN"),
  NODATA(Layer.DNS, "no such record"),
  SERVFAIL(Layer.DNS, "SERVFAIL"),
  REFUSED(Layer.DNS, "REFUSED"),
  DNS_RCODE(Layer.DNS, "unexpected rcode"),
  DNS_TIMEOUT(Layer.DNS, "timeout"),
  DNS_PORT_UNREACHABLE(Layer.DNS, "name server port unreachable"),
  DNS_MALFORMED(Layer.DNS, "malformed DNS answer"),
  DNS_WRONG_ANSWER(Layer.DNS, "wrong answer"),
  DNS_BOGUS(Layer.DNS, "answer fails DNSSEC validation"),
  CNAME_LOOP(Layer.DNS, "CNAME loop"),

  // TCP: reaching the server.
  CONNECTION_REFUSED(Layer.TCP, "connection refused"),
  CONNECT_TIMEOUT(Layer.TCP, "connect timeout"),
  CONNECTION_RESET(Layer.TCP, "connection reset"),
  HOST_UNREACHABLE(Layer.TCP, "host unreachable"),
  NETWORK_UNREACHABLE(Layer.TCP, "network unreachable"),
  ECHO_TIMEOUT(Layer.TCP, "no echo reply"),
  ECHO_LOSS(Layer.TCP, "echo replies lost"),
  ECHO_SLOW(Layer.TCP, "echo replies slower than allowed"),
  HOPS_EXCEEDED(Layer.TCP, "packets do not arrive within their hops"),
  PACKET_TOO_BIG(Layer.TCP, "packet too big for the way"),
  UDP_PORT_UNREACHABLE(Layer.TCP, "UDP port unreachable"),
  UDP_NO_ANSWER(Layer.TCP, "no answer over UDP"),

  // TLS: the handshake and the certificate.
  CERTIFICATE_EXPIRED(Layer.TLS, "certificate expired"),
  CERTIFICATE_NOT_YET_VALID(Layer.TLS, "certificate not yet valid"),
  CERTIFICATE_WRONG_NAME(Layer.TLS, "certificate for a wrong name"),
  CERTIFICATE_SELF_SIGNED(Layer.TLS, "self-signed certificate"),
  CERTIFICATE_UNTRUSTED_ISSUER(Layer.TLS, "certificate from an untrusted issuer"),
  CERTIFICATE_INCOMPLETE_CHAIN(Layer.TLS, "incomplete chain of certificates"),
  CERTIFICATE_REVOKED(Layer.TLS, "certificate revoked"),
  CERTIFICATE_INVALID(Layer.TLS, "certificate not usable for a server"),
  CERTIFICATE_EXPIRES_SOON(Layer.TLS, "certificate expires soon"),
  TLS_PROTOCOL_TOO_OLD(Layer.TLS, "TLS version too old"),
  TLS_HANDSHAKE(Layer.TLS, "TLS handshake failed"),
  TLS_TIMEOUT(Layer.TLS, "TLS handshake timeout"),
  STARTTLS_NOT_OFFERED(Layer.TLS, "TLS not offered"),
  STARTTLS_REFUSED(Layer.TLS, "TLS offered, then refused"),
  STARTTLS_INJECTED(Layer.TLS, "data in clear before the TLS handshake"),

  // HTTP: the exchange.
  HTTP_STATUS(Layer.HTTP, "unexpected status"),
  HTTP_TIMEOUT(Layer.HTTP, "no response in time"),
  HTTP_BODY_TIMEOUT(Layer.HTTP, "response body not finished in time"),
  HTTP_CLOSED(Layer.HTTP, "connection closed before the response ended"),
  HTTP_RESET(Layer.HTTP, "connection reset during the response"),
  HTTP_MALFORMED(Layer.HTTP, "malformed response"),
  HTTP_HEADERS_TOO_LARGE(Layer.HTTP, "response headers too large"),
  HTTP_HEADER_MISMATCH(Layer.HTTP, "unexpected response header"),
  HTTP_SLOW(Layer.HTTP, "slower than allowed"),
  HTTP_REDIRECT_LIMIT(Layer.HTTP, "too many redirects"),
  HTTP_REDIRECT_LOOP(Layer.HTTP, "redirect loop"),
  HTTP_REDIRECT_INVALID(Layer.HTTP, "invalid redirect"),
  HTTP_REDIRECT_FORBIDDEN(Layer.HTTP, "redirect to a forbidden address"),
  HTTP_AUTHENTICATION(Layer.HTTP, "could not obtain an access token"),
  HTTP_PROXY(Layer.HTTP, "proxy failed"),
  STEP_URL_FORBIDDEN(Layer.HTTP, "answer leads to a host that is not allowed"),
  NTP_UNSYNCHRONISED(Layer.HTTP, "time server's clock is not synchronised"),
  NTP_KISS_OF_DEATH(Layer.HTTP, "time server wants to be left alone"),
  NTP_STRATUM(Layer.HTTP, "time server too far from a reference clock"),
  NTP_OFFSET(Layer.HTTP, "time server's clock is off"),
  NTP_DISTANCE(Layer.HTTP, "time server's clock is uncertain"),
  NTP_MALFORMED(Layer.HTTP, "malformed answer of a time server"),

  // HTTP, too: the protocol of a service other than the web.
  SERVICE_TIMEOUT(Layer.HTTP, "service does not answer in time"),
  SERVICE_CLOSED(Layer.HTTP, "connection closed by the service"),
  SERVICE_RESET(Layer.HTTP, "connection reset by the service"),
  SERVICE_GARBAGE(Layer.HTTP, "service does not speak the protocol"),
  SERVICE_TOO_LONG(Layer.HTTP, "service says more than a probe reads"),
  SERVICE_REFUSES(Layer.HTTP, "service refuses"),
  SERVICE_NOT_READY(Layer.HTTP, "service is starting, loading or going down"),
  SERVICE_FULL(Layer.HTTP, "service takes no more connections"),
  SERVICE_LOGIN(Layer.HTTP, "service refuses the login"),
  SERVICE_ERROR(Layer.HTTP, "service answers with an error"),
  SERVICE_SLOW(Layer.HTTP, "slower than allowed"),

  // CONTENT: what the service says.
  BODY_MISSING_TEXT(Layer.CONTENT, "expected text missing"),
  BODY_FORBIDDEN_TEXT(Layer.CONTENT, "forbidden text present"),
  BODY_NO_MATCH(Layer.CONTENT, "pattern does not match"),
  BODY_JSON_MISMATCH(Layer.CONTENT, "unexpected JSON value"),
  BODY_NOT_JSON(Layer.CONTENT, "not JSON"),
  BODY_SIZE(Layer.CONTENT, "unexpected size"),
  BODY_TOO_LARGE(Layer.CONTENT, "body larger than a probe reads"),
  BODY_UNDECODABLE(Layer.CONTENT, "content encoding cannot be decoded"),
  BODY_DECOMPRESSION_BOMB(Layer.CONTENT, "decompression bomb"),
  SERVICE_LACKS(Layer.CONTENT, "expected capability missing"),
  SERVICE_HOST_KEY(Layer.CONTENT, "unexpected host key"),

  // CONTENT, too: what is carried from one request to the next, a page's parts, a provider's word.
  CAPTURE_MISSING(Layer.CONTENT, "value to carry over is not there"),
  CAPTURE_UNUSABLE(Layer.CONTENT, "value to carry over cannot be used"),
  PAGE_RESOURCE_FAILED(Layer.CONTENT, "page loads what cannot be had"),
  PAGE_RESOURCE_TYPE(Layer.CONTENT, "page loads what is of another type"),
  PAGE_MIXED_CONTENT(Layer.CONTENT, "secure page loads insecurely"),
  PAGE_INTEGRITY(Layer.CONTENT, "page loads what does not match its hash"),
  PAGE_NOT_HTML(Layer.CONTENT, "not an HTML page"),
  OPENID_ISSUER_MISMATCH(Layer.CONTENT, "provider names another issuer"),
  OPENID_METADATA_INVALID(Layer.CONTENT, "provider's metadata is not valid"),
  OPENID_KEYS_UNUSABLE(Layer.CONTENT, "provider has no key to verify with"),

  // CONTENT, too: what a job says of itself.
  JOB_SILENT(Layer.CONTENT, "no sign of life in time"),
  JOB_FAILED(Layer.CONTENT, "job says that it failed"),

  // Could not tell, or the probe's own trouble: never evidence against a target.
  REGISTRATION_NO_ANSWER("registration data not available"),
  REGISTRATION_RATE_LIMITED("registry limits how often it may be asked"),
  REGISTRATION_NOT_PARSED("registration data cannot be read"),
  REGISTRATION_TLD_UNSUPPORTED("no registry to ask"),
  REGISTRATION_STALE("registration data too old"),
  REGISTRATION_UNCONFIRMED("registry's answer is not confirmed"),
  PROBE_SILENT("not heard from"),
  PROBE_FAILS_EVERYWHERE("fails where others succeed"),
  PROBE_CLOCK_OFF("clock is wrong"),
  PROBE_NO_ROUTE("probe has no route"),
  PROBE_REACHES_NO_NAME_SERVER("probe reaches no name server at all"),
  PROBE_ROUTES_UNHEARD("probe hears no routes"),
  PROBE_ROUTES_UNLEARNT("probe has not learnt the routes yet"),
  PROBE_WALK_BOUND("delegation walk ended at its bounds"),
  PROBE_RESOLVER_DOWN("probe's resolver does not answer"),
  PROBE_OVERLOADED("probe is overloaded"),
  PROBE_NO_ADDRESS_FAMILY("probe lacks this address family"),
  PROBE_ADDRESS_FORBIDDEN("address forbidden by the probe's network policy"),
  PROBE_NOT_CONFIGURED("check cannot run as configured on this probe"),
  PROBE_INTERNAL_ERROR("internal error of the probe");

  private final Optional<Layer> layer;
  private final String text;

  Reason(Layer layer, String text) {
    this.layer = Optional.of(layer);
    this.text = text;
  }

  Reason(String text) {
    this.layer = Optional.empty();
    this.text = text;
  }

  /** The layer this reason speaks about; empty when it is the probe's own trouble. */
  public Optional<Layer> layer() {
    return layer;
  }

  /** In words, for people. */
  public String text() {
    return text;
  }

  /** Whether this is the probe's own trouble, which never counts against a target. */
  public boolean isProbesOwn() {
    return layer.isEmpty();
  }

  /** The reason with this {@link #name()}, ignoring case. */
  public static Optional<Reason> ofName(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(reason -> reason.name().equals(wanted)).findFirst();
  }
}
