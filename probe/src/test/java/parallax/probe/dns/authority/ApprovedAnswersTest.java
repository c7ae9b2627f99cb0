package parallax.probe.dns.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import parallax.probe.dns.delegation.Said;
import parallax.probe.net.Cidr;

/** Answers are approved as sets: by value, by block of addresses, by where an alias leads. */
final class ApprovedAnswersTest {
  private static final ApprovedAnswers TWO =
      ApprovedAnswers.exactly(new TreeSet<>(List.of("192.0.2.1", "192.0.2.2")));

  @Test
  void theOrderNeverCounts() {
    assertThat(TWO.objection(answered("192.0.2.2", "192.0.2.1"))).isEmpty();
  }

  @Test
  void aForeignValueIsNamed() {
    assertThat(TWO.objection(answered("192.0.2.1", "192.0.2.2", "10.0.0.1"))).contains("10.0.0.1");
  }

  @Test
  void aMissingValueIsNamedWhereTheWholeIsWanted() {
    assertThat(TWO.objection(answered("192.0.2.1"))).contains("without 192.0.2.2");
    ApprovedAnswers some = new ApprovedAnswers(TWO.values(), List.of(), List.of(), false);
    assertThat(some.objection(answered("192.0.2.1"))).isEmpty();
  }

  @Test
  void anAddressOfAnApprovedBlockIsApproved() {
    ApprovedAnswers pool =
        new ApprovedAnswers(
            Collections.emptySortedSet(), List.of(Cidr.parse("192.0.2.0/24")), List.of(), false);
    assertThat(pool.objection(answered("192.0.2.77"))).isEmpty();
    assertThat(pool.objection(answered("198.51.100.1"))).contains("198.51.100.1");
  }

  @Test
  void anAliasBelowAnApprovedNameIsApprovedWhateverItLeadsTo() {
    ApprovedAnswers cdn =
        new ApprovedAnswers(
            Collections.emptySortedSet(), List.of(), List.of(name("cdn.test.")), false);
    assertThat(cdn.objection(alias("shop.cdn.test.", "203.0.113.9"))).isEmpty();
    assertThat(cdn.objection(alias("shop.cdn.test."))).isEmpty();
    assertThat(cdn.objection(alias("shop.evilcdn.test.", "203.0.113.9"))).contains("203.0.113.9");
    assertThat(cdn.objection(alias("shop.evilcdn.test.")))
        .contains("an alias of shop.evilcdn.test.");
  }

  @Test
  void anythingGoesWhereNothingWasApproved() {
    assertThat(ApprovedAnswers.ANY.objection(answered("10.0.0.1"))).isEmpty();
  }

  private static Said.Answered answered(String... addresses) {
    return new Said.Answered(records(addresses), List.of());
  }

  private static Said.Answered alias(String target, String... addresses) {
    return new Said.Answered(records(addresses), List.of(name(target)));
  }

  private static List<Record> records(String... addresses) {
    return Arrays.stream(addresses).map(ApprovedAnswersTest::record).toList();
  }

  private static Record record(String address) {
    try {
      return Record.fromString(name("www.test."), Type.A, DClass.IN, 60, address, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Name name(String text) {
    return Name.fromConstantString(text);
  }
}
