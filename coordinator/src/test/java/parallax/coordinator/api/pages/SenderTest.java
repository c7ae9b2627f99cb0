package parallax.coordinator.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;
import parallax.coordinator.access.Asker;
import parallax.coordinator.access.Seal;
import parallax.coordinator.access.Session;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.page.Frame;

final class SenderTest {
  private static final Request PLAIN = new Request("/", "", "", "", "", "", Visitor.ANYBODY);

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
    nanos.addAndGet(Sender.FRESH.toNanos());
    assertThat(sender.kept(PLAIN, Sender.FRESH)).isEmpty();
    assertThat(body(PLAIN)).isEqualTo("page 2");
  }

  @Test
  void whatIsOfOneReaderIsPutInForEachAndTheRestIsTheSame() throws Exception {
    String around = "長い<b>".repeat(20_000);
    for (int length : new int[] {0, 1, 300, 70_000}) {
      Visitor visitor = signedIn("k".repeat(length));
      Request plain = new Request("/" + length, "", "", "", "", "", visitor);
      Request zipped = new Request("/" + length, "", "", "gzip", "", "", visitor);
      String html = around + Frame.WHO + around + "x" + Frame.WHO;
      Reply first = sender.recent(plain, _ -> Sender.page(200, html));
      Reply second = sender.recent(zipped, _ -> Sender.page(200, "not asked again"));
      assertThat(second.headers()).containsEntry("Content-Encoding", "gzip");
      assertThat(second.body().length()).isLessThan(first.body().length() / 2);
      byte[] unzipped =
          new GZIPInputStream(new ByteArrayInputStream(second.body().getBytes())).readAllBytes();
      assertThat(withoutMasks(new String(unzipped, StandardCharsets.UTF_8)))
          .isEqualTo(withoutMasks(first.body().toString()))
          .startsWith(around)
          .doesNotContain(Frame.WHO)
          .contains("k".repeat(length));
    }
  }

  @Test
  void nobodyGetsThePageOfAnother() throws Exception {
    Request ann = new Request("/", "", "", "", "", "", signedIn("ann"));
    Request ben = new Request("/", "", "", "", "", "", signedIn("ben"));
    String html = "<p>" + Frame.WHO + "</p>" + Frame.FORM_TOKEN;
    assertThat(sender.recent(ann, _ -> Sender.page(200, html)).body().toString()).contains("ann");
    assertThat(sender.recent(ben, _ -> Sender.page(200, html)).body().toString())
        .contains("ben")
        .doesNotContain("ann");
    assertThat(sender.kept(ben, Sender.OLD).orElseThrow().body().toString())
        .contains("ben")
        .doesNotContain("ann");
    assertThat(sender.kept(PLAIN, Sender.OLD)).isEmpty();
  }

  /** What shows that a form is ours looks different each time. */
  private static String withoutMasks(String html) {
    return html.replaceAll("value=\"[A-Za-z0-9_=-]{40,}\"", "value");
  }

  private static Visitor signedIn(String name) {
    Instant at = Instant.parse("2026-03-01T12:00:00Z");
    Session session =
        new Session("1", name, Role.VIEWER, new Session.ByPerson(name, "proof"), at, at);
    Seal seal = Seal.of(Secret.of("ab".repeat(Seal.KEY_BYTES))).orElseThrow();
    return new Visitor(
        new Asker.SignedIn(session), true, Optional.of(new Visitor.Forms(seal, name)));
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
