package parallax.coordinator.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import parallax.coordinator.api.exchange.Request;

final class SenderTest {
  private static final Request PLAIN = new Request("/", "", "", "", "", "");
  private static final Request ZIPPED = new Request("/", "", "", "gzip", "", "");

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger made = new AtomicInteger();
  private final Sender sender = new Sender(nanos::get);

  private String body(Request request) throws Request.Unusable {
    return sender
        .recent(request, _ -> Sender.page(200, "page " + made.incrementAndGet()))
        .body()
        .toString();
  }

  @Test
  void onePageIsGivenToAllWhoAskWithinAMoment() throws Request.Unusable {
    assertThat(sender.kept(PLAIN, Sender.FRESH)).isEmpty();
    assertThat(body(PLAIN)).isEqualTo("page 1");
    assertThat(body(PLAIN)).isEqualTo("page 1");
    assertThat(sender.kept(PLAIN, Sender.FRESH)).isPresent();
    assertThat(sender.kept(ZIPPED, Sender.FRESH)).isEmpty();
    nanos.addAndGet(Sender.FRESH.toNanos());
    assertThat(sender.kept(PLAIN, Sender.FRESH)).isEmpty();
    assertThat(body(PLAIN)).isEqualTo("page 2");
  }

  @Test
  void anOlderOneIsThereForAFewSeconds() throws Request.Unusable {
    body(PLAIN);
    nanos.addAndGet(Sender.OLD.toNanos() - 1);
    assertThat(sender.kept(PLAIN, Sender.OLD)).isPresent();
    nanos.addAndGet(1);
    assertThat(sender.kept(PLAIN, Sender.OLD)).isEmpty();
  }
}
