package parallax.probe.dns.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.probe.dns.dnssec.material.Chain;
import parallax.probe.dns.dnssec.material.MaterialReader;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.SignedSet;
import parallax.probe.dns.dnssec.material.TrustAnchors;
import parallax.probe.dns.dnssec.material.ZoneMaterial;

/** What goes into the judge: messages, anchors, chains. */
final class MaterialTest {
  private final LabChain lab = new LabChain();

  @Test
  void theRootsAnchorsAreShipped() {
    TrustAnchors root = TrustAnchors.ofRoot();
    assertThat(root.delegationSigners())
        .extracting(DSRecord::getFootprint)
        .containsExactly(20326, 38696);
    assertThat(root.of(Name.root)).isEqualTo(root);
    assertThat(root.of(LabZone.name("test.")).isEmpty()).isTrue();
  }

  @Test
  void anchorsMayComeFromAFile() {
    String file =
        """
        ; of the laboratory
        test. 3600 IN DS %s

        test. DNSKEY %s ; the key itself
        """
            .formatted(lab.tld.ds().rdataToString(), lab.tld.key.rdataToString());
    assertThat(TrustAnchors.parse(file))
        .isEqualTo(
            new TrustAnchors.Anchors(
                new TrustAnchors(List.of(lab.tld.ds()), List.of(lab.tld.key))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                  | 0 | no trust anchor
          ; nothing                           | 0 | no trust anchor
          . IN A 192.0.2.1                    | 1 | neither a DS nor a DNSKEY
          . IN DS 20326 8                     | 1 | neither a DS nor a DNSKEY
          . IN DS x 8 2 E06D                  | 1 | neither a DS nor a DNSKEY
          test IN DS 20326 8 2 E06D           | 1 | neither a DS nor a DNSKEY
          . IN                                | 1 | neither a DS nor a DNSKEY
          """)
  void whatIsNoAnchorIsToldByItsLine(String text, int line, String detail) {
    assertThat(TrustAnchors.parse(text))
        .isInstanceOfSatisfying(
            TrustAnchors.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.line()).isEqualTo(line);
              assertThat(unreadable.detail()).contains(detail);
            });
  }

  @Test
  void aMessageIsSortedIntoSetsWithTheirSignatures() {
    Message message = new Message(1);
    message.getHeader().setFlag(Flags.QR);
    SignedSet address = lab.address();
    add(message, address, Section.ANSWER);
    RRSIGRecord orphan =
        lab.example.signed("orphan.example.test. A 192.0.2.1").signatures().getFirst();
    message.addRecord(orphan, Section.ANSWER);
    List<SignedSet> proof = lab.example.nsec("example.test. SOA", "www.example.test. A");
    proof.forEach(set -> add(message, set, Section.AUTHORITY));
    assertThat(MaterialReader.read("ns1", message))
        .isInstanceOfSatisfying(
            MaterialReader.Sorted.class,
            sorted -> {
              Reply reply = sorted.reply();
              assertThat(reply.server()).isEqualTo("ns1");
              assertThat(reply.answer()).containsExactly(address);
              assertThat(reply.authority()).containsExactlyElementsOf(proof);
              assertThat(reply.answer(LabZone.name("WWW.example.test."), Type.A)).isPresent();
            });
  }

  @Test
  void aMessageBeyondTheBoundsIsUnreadable() {
    Message many = new Message(1);
    IntStream.rangeClosed(0, MaterialReader.MAX_RECORDS_IN_SET)
        .mapToObj(
            n -> LabZone.record("www.example.test. A 192.0.%d.%d".formatted(n / 250, n % 250)))
        .forEach(record -> many.addRecord(record, Section.ANSWER));
    assertThat(MaterialReader.read("ns1", many))
        .isEqualTo(new MaterialReader.Unreadable("129 records of www.example.test. A"));

    Message signatures = new Message(1);
    IntStream.rangeClosed(0, MaterialReader.MAX_SIGNATURES_OF_SET)
        .mapToObj(n -> new LabZone("example.test.", n).signed("www.example.test. A 192.0.2.1"))
        .forEach(set -> add(signatures, set, Section.ANSWER));
    assertThat(MaterialReader.read("ns1", signatures))
        .isEqualTo(new MaterialReader.Unreadable("17 signatures of www.example.test. A"));
  }

  @Test
  void aChainGoesDownwardWithoutGapsToItsName() {
    ZoneMaterial root = new ZoneMaterial(Name.root, List.of(), List.of());
    ZoneMaterial test = new ZoneMaterial(LabZone.name("test."), List.of(), List.of());
    Name name = LabZone.name("www.test.");
    assertThat(new Chain(List.of(root, test), name, Type.A, List.of()).zones()).hasSize(2);
    assertThatThrownBy(() -> new Chain(List.of(test, root), name, Type.A, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Chain(List.of(), name, Type.A, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Chain(List.of(test), LabZone.name("www.other."), Type.A, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void add(Message message, SignedSet set, int section) {
    for (Record record : set.records()) {
      message.addRecord(record, section);
    }
    set.signatures().forEach(signature -> message.addRecord(signature, section));
  }
}
