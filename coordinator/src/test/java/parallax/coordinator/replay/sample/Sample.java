package parallax.coordinator.replay.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import parallax.config.problem.Problems;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.read.ScenarioReader;

/** A scenario of ten minutes with four probes, three regions and two targets. */
public final class Sample {
  /** Everything but what happens and what is expected. */
  public static final String HEAD =
      """
      schema: parallax-scenario/1
      id: sample
      title: A small world
      class: incident
      based_on: constructed
      seed: 42
      duration_s: 600
      schedule: {web: 60, dns_auth: 60, delegation: 300, registration: 300, bgp: 60}
      probes:
        - {id: p1, region: east, country: DE, asn: 64501, resolver: res-a}
        - {id: p2, region: east, country: DE, asn: 64502, resolver: res-b}
        - {id: p3, region: west, country: US, asn: 64501, resolver: res-a}
        - {id: p4, region: north, country: JP, asn: 64503, resolver: res-b}
      targets:
        - id: shop
          domain: shop.com
          tld: com
          registry: verisign
          registrar: registrar-one
          operator: shop-inc
          dns: {provider: dyn, asn: 64601, prefixes: [198.18.1.0/24]}
          web: {asn: 64801, prefixes: [198.19.1.0/24], cdn: fastly, cloud: aws, region: us-east-1}
          ca: digicert
          accept: [200, 204]
        - id: blog
          domain: blog.org
          tld: org
          registry: pir
          registrar: registrar-two
          operator: blog-inc
          dns: {provider: own, asn: 64602, prefixes: [198.18.2.0/24]}
          web: {asn: 64802, prefixes: [198.19.2.0/24], cloud: plain}
          ca: sectigo
          accept: [200]
      """;

  private Sample() {}

  /** The scenario with these events, as YAML, and nothing expected. */
  public static Scenario withEvents(String events) {
    return of(HEAD + "events:\n" + events.indent(2) + "expect: {}\n");
  }

  /** The scenario without events, with what is expected as YAML. */
  public static Scenario expecting(String expect) {
    return of(HEAD + "events: []\nexpect:\n" + expect.indent(2));
  }

  /** A scenario that must be valid. */
  public static Scenario of(String yaml) {
    Problems problems = new Problems();
    Optional<Scenario> scenario =
        ScenarioReader.read(
            Path.of("sample.yaml"),
            ByteBuffer.wrap(yaml.getBytes(StandardCharsets.UTF_8)),
            problems);
    return scenario.orElseThrow(() -> new AssertionError(problems.errors()));
  }
}
