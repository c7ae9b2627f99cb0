package parallax.config.check;

import java.time.Duration;

/** Opens a TCP connection and closes it again. */
public record TcpSpec(ServerAddress server, Naming naming, Duration timeout) implements CheckSpec {
  @Override
  public CheckKind kind() {
    return CheckKind.TCP;
  }
}
