package parallax.probe.audit.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.audit.facts.Origin;
import parallax.probe.audit.origin.TextLookup.Texts;
import parallax.probe.check.Deadline;
import parallax.probe.net.Cidr;

final class OriginsTest {
  @TempDir Path folder;

  private static InetAddress address(String text) {
    return Cidr.literal(text).orElseThrow();
  }

  private static String words(Origin origin) {
    return switch (origin) {
      case Origin.Announced(var prefix, var systems) -> prefix + " " + systems;
      case Origin.Unknown(var why) -> why;
    };
  }

  private OriginFile file(String text) throws IOException {
    return OriginFile.read(Files.writeString(folder.resolve("routes.txt"), text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1      | 192.0.2.0/24 [AS64501]
          192.0.3.1      | 192.0.0.0/16 [AS64500]
          198.51.100.1   | 198.51.100.0/24 [AS64502, AS64503]
          2001:db8:1::1  | 2001:db8:1::/48 [AS64505]
          2001:db8:2::1  | 2001:db8::/32 [AS64504, AS64506]
          203.0.113.1    | no route to it in the file
          """)
  void theLongestPrefixOfAFileCounts(String asked, String expected) throws IOException {
    OriginFile read =
        file(
            """
            # as CAIDA writes them, and the short form
            192.0.0.0\t16\t64500
            192.0.2.0\t24\t64501
            198.51.100.0\t24\t64503_64502
            2001:db8::\t32\t64504,64506
            2001:db8:1::/48 AS64505
            """);
    assertThat(read.problems()).isEmpty();
    assertThat(words(read.routes().of(address(asked)))).isEqualTo(expected);
  }

  @Test
  void badLinesAreToldWithTheirPlaceAndTheRestIsRead() throws IOException {
    OriginFile read =
        file(
            """
            192.0.2.0\t24\t64501
            192.0.2.1\t24\t64501
            192.0.2.0/24 x64501
            192.0.2.0/24
            192.0.2.0/24 64500 more
            192.0.2.0 24 0
            hello
            """);
    assertThat(read.routes().size()).isEqualTo(1);
    assertThat(
            read.problems().stream()
                .map(problem -> problem.line() + ":" + problem.column() + " " + problem.message()))
        .containsExactly(
            "2:1 not an address block: \"192.0.2.1/24\" has bits set after the prefix",
            "3:14 not the number of an autonomous system: x64501",
            "4:13 needs a prefix and its origin: 192.0.2.0/24 64500",
            "5:20 needs a prefix and its origin: 192.0.2.0/24 64500",
            "6:14 not the number of an autonomous system: 0",
            "7:6 needs prefix, length and origin: 192.0.2.0 24 64500");
  }

  @Test
  void noLineOfAnyBytesIsMoreThanAProblem() {
    Random random = new Random(4_007);
    String alphabet = "0123456789./:abAS_, \t#\u001b";
    for (int round = 0; round < 50_000; round++) {
      StringBuilder line = new StringBuilder();
      for (int length = random.nextInt(30); length > 0; length--) {
        line.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(OriginLine.read(line.toString())).isNotNull();
      assertThat(CymruText.route(List.of(line.toString().replace('/', '|')), address("192.0.2.1")))
          .isNotNull();
    }
  }

  private static Origin cymru(Map<String, Texts> answers, List<String> asked, String address) {
    TextLookup lookup =
        (name, deadline) -> {
          asked.add(name);
          return Future.succeededFuture(
              Optional.ofNullable(answers.get(name)).orElseGet(Texts.None::new));
        };
    Deadline deadline = Deadline.startingNow(() -> 0, Duration.ofSeconds(1));
    return new CymruOrigins(lookup).of(address(address), deadline).result();
  }

  @Test
  void theNarrowestOfSeveralAnswersCountsAndSystemsAreNamed() {
    List<String> asked = new ArrayList<>();
    Origin origin =
        cymru(
            Map.of(
                "8.8.8.8.origin.asn.cymru.com",
                new Texts.Found(
                    List.of(
                        "3356 | 8.0.0.0/9 | US | arin | 1992-12-01",
                        "15169 | 8.8.8.0/24 | US | arin | 2014-03-14")),
                "AS15169.asn.cymru.com",
                new Texts.Found(List.of("15169 | US | arin | 2000-03-30 | GOOGLE\u001b[2J, US"))),
            asked,
            "8.8.8.8");
    assertThat(words(origin)).isEqualTo("8.8.8.0/24 [AS15169 (GOOGLE\uFFFD[2J, US)]");
    assertThat(asked).containsExactly("8.8.8.8.origin.asn.cymru.com", "AS15169.asn.cymru.com");
  }

  @Test
  void severalOriginsOfOnePrefixAreAllTold() {
    Origin origin =
        cymru(
            Map.of(
                "1.1.1.1.origin.asn.cymru.com",
                new Texts.Found(List.of("13335 64500 | 1.1.1.0/24 | AU | apnic | 2011-08-11"))),
            new ArrayList<>(),
            "1.1.1.1");
    assertThat(words(origin)).isEqualTo("1.1.1.0/24 [AS13335, AS64500]");
    assertThat(origin.only()).isEmpty();
  }

  @Test
  void addressesOfVersionSixAreAskedForByNibble() {
    List<String> asked = new ArrayList<>();
    cymru(Map.of(), asked, "2606:4700:4700::1111");
    assertThat(asked)
        .containsExactly(
            "1.1.1.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.7.4.0.0.7.4.6.0.6.2"
                + ".origin6.asn.cymru.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          NA ; 8.8.8.0/24 ; US        | origin.asn.cymru.com: no route to it in the answer
          15169 ; 9.9.9.0/24 ; US     | origin.asn.cymru.com: no route to it in the answer
          15169                       | origin.asn.cymru.com: no route to it in the answer
          99999999999 ; 8.8.8.0/24 ;  | origin.asn.cymru.com: no route to it in the answer
          """)
  void whatDoesNotReadAsDocumentedIsUnknown(String text, String expected) {
    Origin origin =
        cymru(
            Map.of(
                "8.8.8.8.origin.asn.cymru.com", new Texts.Found(List.of(text.replace(';', '|')))),
            new ArrayList<>(),
            "8.8.8.8");
    assertThat(words(origin)).isEqualTo(expected);
  }

  @Test
  void addressesThatAreNotPublicAreToldToNobody() {
    List<String> asked = new ArrayList<>();
    assertThat(words(cymru(Map.of(), asked, "10.0.0.1"))).isEqualTo("not a public address");
    assertThat(asked).isEmpty();
  }

  @Test
  void aGzippedFileIsReadToo() throws IOException {
    Path file = folder.resolve("routes.txt.gz");
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("192.0.2.0\t24\t64501\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(OriginFile.read(file).routes().size()).isEqualTo(1);
  }
}
