package parallax.probe.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/** Ways of writing record data that mean the same. */
final class PresentationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MX    | 10 mail.example.com   | 10 MAIL.EXAMPLE.COM.   | true
          MX    | 10 mail.example.com   | 20 mail.example.com    | false
          AAAA  | 2001:DB8::1           | 2001:db8:0:0:0:0:0:1   | true
          CNAME | a.example.com         | A.example.com.         | true
          TXT   | v=spf1 -all           | "v=spf1 " "-all"       | true
          TXT   | v=spf1 -all           | "v=spf1 -ALL"          | false
          SRV   | 1 2 443 a.example.com | 1 2 443 A.EXAMPLE.com. | true
          CAA   | 0 issue "ca.example"  | 0 issue ca.example     | true
          """)
  void whatMeansTheSameIsTheSame(String type, String one, String other, boolean same) {
    int value = Type.value(type);
    assertThat(Presentation.key(value, one)).isPresent();
    assertThat(Presentation.key(value, one).equals(Presentation.key(value, other))).isEqualTo(same);
  }
}
