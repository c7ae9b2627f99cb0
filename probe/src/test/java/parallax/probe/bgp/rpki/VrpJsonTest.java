package parallax.probe.bgp.rpki;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.net.Cidr;

final class VrpJsonTest {
  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

  /** As rpki-client and StayRTR write it. */
  private static final String STAYRTR =
      """
      {"metadata":{"buildtime":"2026-11-19T18:56:02Z","vrps":2},
       "roas":[
        {"asn":13335,"prefix":"1.0.0.0/24","maxLength":24,"ta":"apnic","expires":1893456000},
        {"asn":"AS9367","prefix":"2001:200:136::/48","maxLength":48,"ta":"ripe"},
        {"asn":9367,"prefix":"2001:200:136::/48","maxLength":48,"ta":"apnic"},
        {"asn":1,"prefix":"1.0.0.0/24","maxLength":24,"ta":"apnic","expires":1627568318}],
       "bgpsec_keys":[],"aspas":[{"customer_asid":64511,"providers":[64510,64501]}]}
      """;

  @Test
  void readsWhatValidatorsWrite() {
    VrpRead.Complete read = complete(STAYRTR);
    assertThat(read.builtAt()).contains(Instant.parse("2026-11-19T18:56:02Z"));
    assertThat(all(read.table()))
        .containsExactly(
            new Vrp(
                Cidr.parse("1.0.0.0/24"),
                24,
                13335,
                "apnic",
                Optional.of(Instant.ofEpochSecond(1893456000))),
            new Vrp(Cidr.parse("2001:200:136::/48"), 48, 9367, "ripe", Optional.empty()));
    assertThat(read.problems()).isEqualTo(Map.of(VrpProblem.TWICE, 1, VrpProblem.EXPIRED, 1));
    assertThat(read.table().byAnchor()).isEqualTo(Map.of("apnic", 1, "ripe", 1));
  }

  @Test
  void readsRoutinatorAndBareArrays() {
    assertThat(
            complete(
                    """
                    {"metadata":{"generated":1763600000,"generatedTime":"2025-11-20T00:53:20Z"},
                     "roas":[{"asn":"AS64496","prefix":"192.0.2.0/24","maxLength":24,"ta":"ripe",
                              "source":[{"type":"roa","validity":{"notAfter":"x"}}]}]}
                    """)
                .builtAt())
        .contains(Instant.parse("2025-11-20T00:53:20Z"));
    assertThat(complete("[{\"asn\":\"13335\",\"prefix\":\"103.21.244.0/24\"}]").table().size())
        .isEqualTo(1);
  }

  @Test
  void countsWhatIsWrongByWhy() {
    assertThat(
            complete(
                    """
                    [{"asn":"2914","prefix":"123.4.5.0/14","maxLength":24},
                     {"asn":2914,"prefix":"nonsense","maxLength":24},
                     {"asn":4294967296,"prefix":"10.0.0.0/8","maxLength":24},
                     {"asn":-1,"prefix":"10.0.0.0/8","maxLength":24},
                     {"asn":1,"prefix":"10.0.0.0/8","maxLength":7},
                     {"asn":1,"prefix":"10.0.0.0/8","maxLength":33},
                     {"asn":1,"prefix":"10.0.0.0/8","maxLength":99999999999999999999},
                     {"asn":1,"prefix":["10.0.0.0/8"],"maxLength":8},
                     {"asn":{"x":1},"prefix":"10.0.0.0/8"}, 7, [8], null,
                     {"asn":1,"prefix":"10.0.0.0/8","maxLength":8}]
                    """)
                .problems())
        .isEqualTo(
            Map.of(
                VrpProblem.PREFIX, 2,
                VrpProblem.ASN, 2,
                VrpProblem.MAX_LENGTH, 2,
                VrpProblem.MALFORMED, 6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "{}", "{\"roas\":{}}", "{\"roas\":[{\"asn\":1", "[] []", "\0", "[,]"})
  void aFileThatBreaksOffCountsForNothing(String text) {
    assertThat(VrpJson.read(new ByteArrayInputStream(text.getBytes(UTF_8)), NOW))
        .isInstanceOf(VrpRead.Broken.class);
  }

  @Test
  void noMutantLetsAnExceptionEscape() {
    Random random = new Random(7);
    int mutants = Integer.getInteger("parallax.mutants", 20_000);
    for (int round = 0; round < mutants; round++) {
      byte[] bytes = STAYRTR.getBytes(UTF_8);
      for (int edit = 0; edit <= random.nextInt(4); edit++) {
        bytes[random.nextInt(bytes.length)] =
            (byte) "{}[]\",:0-eA\0\u007f".charAt(random.nextInt(13));
      }
      assertThat(VrpJson.read(new ByteArrayInputStream(bytes), NOW)).isNotNull();
      assertThat(SlurmJson.read(bytes)).isNotNull();
    }
  }

  @Test
  void localExceptionsTakeOutAndPutIn() {
    SlurmJson.Read read =
        SlurmJson.read(
            """
            {"slurmVersion":1,
             "validationOutputFilters":{"prefixFilters":[
               {"prefix":"1.0.0.0/8","comment":"ours"},{"asn":9367,"prefix":"10.0.0.0/8"}],
               "bgpsecFilters":[{"asn":1}]},
             "locallyAddedAssertions":{"prefixAssertions":[
               {"asn":65002,"prefix":"10.2.0.0/25","maxPrefixLength":26}],"bgpsecAssertions":[]}}
            """
                .getBytes(UTF_8));
    assertThat(read).isInstanceOf(SlurmJson.Read.Complete.class);
    VrpTable local = ((SlurmJson.Read.Complete) read).slurm().applyTo(complete(STAYRTR).table());
    assertThat(all(local).stream().map(Vrp::asn)).containsExactly(65002L, 9367L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"slurmVersion\":2}",
        "{\"slurmVersion\":1,\"more\":1}",
        "{\"slurmVersion\":1,\"validationOutputFilters\":{\"prefixFilters\":[{}]}}",
        "{\"slurmVersion\":1,\"validationOutputFilters\":{\"prefixFilters\":[1]}}",
        "{\"slurmVersion\":1,\"locallyAddedAssertions\":{\"prefixAssertions\":[{\"asn\":1}]}}",
        "{\"slurmVersion\":1,\"locallyAddedAssertions\":{\"prefixAssertions\":"
            + "[{\"asn\":1,\"prefix\":\"10.0.0.0/8\",\"maxPrefixLength\":7}]}}"
      })
  void exceptionsWithAnythingWrongCountForNothing(String text) {
    assertThat(SlurmJson.read(text.getBytes(UTF_8))).isInstanceOf(SlurmJson.Read.Broken.class);
  }

  private static List<Vrp> all(VrpTable table) {
    List<Vrp> all = new ArrayList<>();
    table.forEach(all::add);
    return all;
  }

  private static VrpRead.Complete complete(String text) {
    VrpRead read = VrpJson.read(new ByteArrayInputStream(text.getBytes(UTF_8)), NOW);
    assertThat(read).isInstanceOf(VrpRead.Complete.class);
    return (VrpRead.Complete) read;
  }
}
