package parallax.config.wire.check;

import java.util.Optional;
import parallax.config.check.HttpSpec;
import parallax.config.check.http.HttpCredentials;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.uplink.v1.Assigned;

/** An HTTP request and who sends it. */
final class HttpWire {
  static final EnumWords<HttpSpec.Version, Assigned.Http.Version> VERSIONS =
      new EnumWords<>(HttpSpec.Version.class, Assigned.Http.Version.class, "VERSION_");

  private HttpWire() {}

  static Assigned.Http write(HttpSpec spec) {
    Assigned.Http.Builder out =
        Assigned.Http.newBuilder()
            .setUrl(spec.url().toString())
            .setMethod(spec.method())
            .setExpect(ExpectWire.write(spec.expect()))
            .setVersion(VERSIONS.write(spec.version()))
            .setRedirects(spec.redirects())
            .setTls(TlsWire.write(spec.tls()))
            .setNaming(Parts.write(spec.naming()))
            .setTimeoutNs(Times.nanos(spec.timeout()));
    spec.headers()
        .forEach(
            header ->
                out.addHeadersBuilder()
                    .setName(header.name())
                    .setValue(Parts.write(header.value())));
    spec.body().map(Parts::write).ifPresent(out::setBody);
    switch (spec.credentials()) {
      case HttpCredentials.None _ -> out.setNone(Assigned.Http.NoCredentials.getDefaultInstance());
      case HttpCredentials.Basic basic -> out.setBasic(write(basic));
      case HttpCredentials.Bearer(var token) -> out.setBearer(Parts.write(token));
      case HttpCredentials.ClientCredentials client ->
          out.getClientCredentialsBuilder()
              .setTokenUrl(client.tokenUrl().toString())
              .setClientId(client.clientId())
              .setClientSecret(Parts.write(client.clientSecret()))
              .addAllScopes(client.scopes());
    }
    spec.proxy().map(HttpWire::write).ifPresent(out::setProxy);
    return out.build();
  }

  private static Assigned.Http.Basic write(HttpCredentials.Basic basic) {
    return Assigned.Http.Basic.newBuilder()
        .setUser(basic.user())
        .setPassword(Parts.write(basic.password()))
        .build();
  }

  static Assigned.Http.Proxy write(HttpSpec.ProxyAddress proxy) {
    Assigned.Http.Proxy.Builder out =
        Assigned.Http.Proxy.newBuilder().setServer(Parts.write(proxy.server()));
    proxy.credentials().map(HttpWire::write).ifPresent(out::setCredentials);
    return out.build();
  }

  static HttpSpec read(Assigned.Http in) {
    return new HttpSpec(
        Parts.uri("url", in.getUrl()),
        Parts.text("method", in.getMethod()),
        Bounds.items("headers", in.getHeadersList(), Parts.MAX_ITEMS).stream()
            .map(HttpWire::read)
            .toList(),
        in.hasBody() ? Optional.of(Parts.read("body", in.getBody())) : Optional.empty(),
        ExpectWire.read(in.getExpect()),
        credentials(in),
        Bounds.known("version", VERSIONS.read(in.getVersion())),
        Bounds.number("redirects", in.getRedirects(), HttpSpec.MAX_REDIRECTS),
        TlsWire.read(in.getTls()),
        in.hasProxy() ? Optional.of(read(in.getProxy())) : Optional.empty(),
        Parts.read(in.getNaming()),
        Times.duration("timeout", in.getTimeoutNs()));
  }

  private static HttpSpec.Header read(Assigned.Http.Header in) {
    return new HttpSpec.Header(
        Parts.text("header", in.getName()), Parts.read("header", in.getValue()));
  }

  private static HttpCredentials credentials(Assigned.Http in) {
    return switch (in.getCredentialsCase()) {
      case NONE -> new HttpCredentials.None();
      case BASIC -> read(in.getBasic());
      case BEARER -> new HttpCredentials.Bearer(Parts.read("bearer", in.getBearer()));
      case CLIENT_CREDENTIALS -> read(in.getClientCredentials());
      case CREDENTIALS_NOT_SET ->
          throw new WireFault(Fault.UNKNOWN_WORD, "credentials of a newer version");
    };
  }

  private static HttpCredentials.Basic read(Assigned.Http.Basic in) {
    return new HttpCredentials.Basic(
        Parts.text("user", in.getUser()), Parts.read("password", in.getPassword()));
  }

  private static HttpCredentials.ClientCredentials read(Assigned.Http.ClientCredentials in) {
    return new HttpCredentials.ClientCredentials(
        Parts.uri("token_url", in.getTokenUrl()),
        Parts.text("client_id", in.getClientId()),
        Parts.read("client_secret", in.getClientSecret()),
        Parts.texts("scopes", in.getScopesList()));
  }

  static HttpSpec.ProxyAddress read(Assigned.Http.Proxy in) {
    return new HttpSpec.ProxyAddress(
        Parts.read(in.getServer()),
        in.hasCredentials() ? Optional.of(read(in.getCredentials())) : Optional.empty());
  }
}
