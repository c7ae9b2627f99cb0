package parallax.probe.blackbox.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import parallax.probe.blackbox.module.DnsModule;
import parallax.probe.dns.wire.Question;

/** The part {@code dns} of a module. */
final class DnsReader {
  private DnsReader() {}

  static DnsModule read(Section section) {
    Optional<String> name = section.text("query_name").filter(text -> !text.isEmpty());
    if (name.isEmpty()) {
      section.refuse("query_name", "is missing; write the name to ask for");
    } else if (Question.nameOf(name.get()).isEmpty()) {
      section.wrong(
          "query_name", section.take("query_name").orElseThrow(), "must be a domain name");
    }
    DnsModule.Ask ask =
        new DnsModule.Ask(
            name.orElse("."),
            number(
                section, "query_type", "ANY", "a type of records, such as A or SOA", Type::value),
            number(section, "query_class", "IN", "a class, such as IN or CH", DClass::value),
            section.flag("recursion_desired", true));
    DnsModule module =
        new DnsModule(
            ask,
            transport(section),
            OtherReaders.ip(section),
            OtherReaders.source(section),
            TlsReader.read(section.section("tls_config")),
            rcodes(section),
            new DnsModule.Sections(
                rules(section, "validate_answer_rrs"),
                rules(section, "validate_authority_rrs"),
                rules(section, "validate_additional_rrs")));
    section.end();
    return module;
  }

  private static DnsModule.Transport transport(Section section) {
    String word = section.text("transport_protocol").filter(text -> !text.isEmpty()).orElse("udp");
    if (!word.equals("udp") && !word.equals("tcp")) {
      section.wrong(
          "transport_protocol",
          section.take("transport_protocol").orElseThrow(),
          "must be udp or tcp");
    }
    boolean tls = section.flag("dns_over_tls", false);
    if (tls && !word.equals("tcp")) {
      section.refuse("dns_over_tls", "needs transport_protocol: tcp");
    }
    if (tls) {
      return DnsModule.Transport.TLS;
    }
    return word.equals("tcp") ? DnsModule.Transport.TCP : DnsModule.Transport.UDP;
  }

  private static int number(
      Section section,
      String key,
      String otherwise,
      String must,
      java.util.function.ToIntFunction<String> value) {
    String word = section.text(key).filter(text -> !text.isEmpty()).orElse(otherwise);
    int number = value.applyAsInt(word.toUpperCase(Locale.ROOT));
    if (number < 0) {
      section.wrong(key, section.take(key).orElseThrow(), "must be " + must);
      return value.applyAsInt(otherwise);
    }
    return number;
  }

  private static List<Integer> rcodes(Section section) {
    List<Integer> rcodes = new ArrayList<>();
    for (String word : section.texts("valid_rcodes")) {
      int rcode = word.equals("NOTZONE") ? Rcode.NOTZONE : Rcode.value(word);
      if (rcode < 0) {
        section.refuse("valid_rcodes", "must be codes such as NOERROR or NXDOMAIN; found " + word);
      } else {
        rcodes.add(rcode);
      }
    }
    return rcodes.isEmpty() ? List.of(Rcode.NOERROR) : rcodes;
  }

  private static DnsModule.Rules rules(Section section, String key) {
    Section rules = section.section(key);
    DnsModule.Rules read =
        new DnsModule.Rules(
            rules.patterns("fail_if_matches_regexp"),
            rules.patterns("fail_if_all_match_regexp"),
            rules.patterns("fail_if_not_matches_regexp"),
            rules.patterns("fail_if_none_matches_regexp"));
    rules.end();
    return read;
  }
}
