package parallax.probe.audit.gather;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.check.Naming;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.check.ZoneSpec.Dnssec;
import parallax.config.read.PublicNames;
import parallax.config.text.HostText;
import parallax.probe.audit.facts.Voice;
import parallax.probe.audit.gather.NameLookups.Answers;
import parallax.probe.registration.suffix.PublicSuffixes;

/** Where mail goes, and what that adds to a plan. Pure. */
final class Mail {
  /** More exchangers of one domain are not looked at. */
  static final int MAX_EXCHANGERS = 16;

  private static final String NULL_EXCHANGER = ".";

  private final Map<String, Answers> exchangers;
  private final PublicSuffixes suffixes;

  /**
   * @param exchangers by domain: {@code 10 mx.example.com.}
   */
  Mail(Map<String, Answers> exchangers, PublicSuffixes suffixes) {
    this.exchangers = exchangers;
    this.suffixes = suffixes;
  }

  /** Whether {@code domain} says that it takes no mail (RFC 7505). */
  boolean takesNone(String domain) {
    List<String> targets = targets(domain);
    return targets.size() == 1 && targets.getFirst().equals(NULL_EXCHANGER);
  }

  /** Hosts that take mail for {@code domain}; itself where none is named (RFC 5321 section 5.1). */
  SortedSet<String> hosts(String domain) {
    SortedSet<String> hosts = new TreeSet<>();
    if (Optional.ofNullable(exchangers.get(domain)).isEmpty() || takesNone(domain)) {
      return hosts;
    }
    List<String> targets = targets(domain);
    targets.stream()
        .limit(MAX_EXCHANGERS)
        .flatMap(target -> HostText.name(target).stream())
        .forEach(name -> hosts.add(name));
    boolean implied = targets.isEmpty() && isWhole(domain);
    if (implied) {
      hosts.add(domain);
    }
    return hosts;
  }

  private boolean isWhole(String domain) {
    return Optional.ofNullable(exchangers.get(domain))
        .filter(answers -> answers.trouble().isEmpty())
        .isPresent();
  }

  private List<String> targets(String domain) {
    return Optional.ofNullable(exchangers.get(domain))
        .map(Answers::values)
        .orElse(List.of())
        .stream()
        .map(answer -> answer.substring(answer.lastIndexOf(' ') + 1))
        .toList();
  }

  /** {@code plan} with all exchangers, and with what is to be asked about them. */
  Plan complete(Plan plan, Naming naming) {
    SortedMap<String, Naming> hosts = new TreeMap<>(plan.hosts());
    SortedMap<String, Dnssec> zones = new TreeMap<>(plan.zones());
    SortedMap<String, RegistrationPolicy> domains = new TreeMap<>(plan.domains());
    List<Voice> voices = new ArrayList<>();
    for (Voice voice : plan.voices()) {
      SortedSet<String> taking = new TreeSet<>();
      if (voice.kind() == Voice.Kind.MAIL) {
        plan.mail()
            .getOrDefault(voice.name(), new TreeSet<>())
            .forEach(domain -> taking.addAll(hosts(domain)));
      }
      for (String host : taking) {
        hosts.putIfAbsent(host, naming);
        suffixes
            .registrableName(host)
            .filter(PublicNames::mayHold)
            .ifPresent(
                domain -> {
                  zones.putIfAbsent(domain, Dnssec.IF_SIGNED);
                  domains.putIfAbsent(domain, RegistrationPolicy.DEFAULT);
                });
      }
      List<SortedSet<String>> parts = new ArrayList<>(voice.parts());
      if (!taking.isEmpty()) {
        parts.add(taking);
      }
      voices.add(new Voice(voice.kind(), voice.name(), parts, voice.about()));
    }
    return new Plan(
        plan.subjects(),
        voices,
        plan.mail(),
        hosts,
        zones,
        plan.certificates(),
        domains,
        plan.untold());
  }
}
