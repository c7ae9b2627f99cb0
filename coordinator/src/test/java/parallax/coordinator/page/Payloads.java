package parallax.coordinator.page;

import java.util.List;
import java.util.stream.Stream;

/** Texts that would run in a browser if they were taken for markup anywhere. */
public final class Payloads {
  private Payloads() {}

  /** All of them. */
  public static Stream<String> all() {
    List<String> bases =
        List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "<svg><script>alert(1)</script></svg>",
            "<iframe src=\"javascript:alert(1)\">",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<body onload=alert(1)>",
            "<details open ontoggle=alert(1)>",
            "<input autofocus onfocus=alert(1)>",
            "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<template><script>alert(1)</script></template>",
            "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
            "<base href=//evil.example/>",
            "<link rel=stylesheet href=//evil.example/x.css>",
            "<object data=javascript:alert(1)>",
            "<form action=javascript:alert(1)><button>x",
            "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
            "<![CDATA[<script>alert(1)</script>]]>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "&#60;script&#62;alert(1)&#60;/script&#62;",
            "\\u003cscript\\u003ealert(1)",
            "onmouseover=alert(1) x=",
            "javascript:alert(1)",
            "+ADw-script+AD4-alert(1)+ADw-/script+AD4-");
    return Stream.of("", "\">", "' onclick='alert(1)' >", "</title></textarea></script></svg>")
        .flatMap(prefix -> bases.stream().map(base -> prefix + base));
  }
}
