package parallax.probe.blackbox.module;

import java.util.List;

/** A WebSocket (RFC 6455) and a talk over it. */
public record SocketModule(
    HttpClientSettings client, List<HttpClientSettings.Header> headers, Talk talk, IpChoice ip)
    implements ProbeModule.Kind {
  public SocketModule {
    headers = List.copyOf(headers);
  }

  @Override
  public String prober() {
    return "websocket";
  }
}
